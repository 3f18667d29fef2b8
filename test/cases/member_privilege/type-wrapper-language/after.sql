create schema app;
create extension hstore with schema app;
create extension file_fdw with schema app;
revoke usage on type app.hstore from public;
grant usage on type app.hstore to case_reader;
grant usage on foreign data wrapper file_fdw to case_reader;
revoke usage on language plpgsql from public;
grant usage on language plpgsql to case_writer with grant option;
