create schema app;
create transform for integer language sql (from sql with function pg_catalog.prsd_lextype(internal));
create function app.f_result() returns integer language sql as $$ select 1 $$;
create function app.f_window() returns bigint language internal as 'window_row_number';
create function app.f_transforms(a integer) returns integer language sql as $$ select a $$;
create function app.f_granted() returns integer language sql as $$ select 1 $$;
