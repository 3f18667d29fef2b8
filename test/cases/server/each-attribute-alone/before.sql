create schema app;
create foreign data wrapper w;
create server s_version version '1' foreign data wrapper w;
create server s_options foreign data wrapper w options (host 'a');
