create schema app;
create default conversion app.latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
comment on conversion app.latin is 'c';
alter conversion app.latin owner to pg_monitor;
