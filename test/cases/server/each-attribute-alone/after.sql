create schema app;
create foreign data wrapper w;
create server s_version version '2' foreign data wrapper w;
create server s_options foreign data wrapper w options (host 'b');
