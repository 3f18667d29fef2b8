create schema app;
create foreign data wrapper w;
create server a version '1' foreign data wrapper w options (host 'h', port '1');
create server b version '1' foreign data wrapper w;
create server c type 'x' foreign data wrapper w;
