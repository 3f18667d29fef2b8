create schema app;
create foreign data wrapper w;
create server a version '2' foreign data wrapper w options (host 'g', dbname 'd');
create server b foreign data wrapper w options (a '');
create server c type 'y' foreign data wrapper w;
