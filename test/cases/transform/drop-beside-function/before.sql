create schema app;
create transform for integer language sql (from sql with function pg_catalog.prsd_lextype(internal));
create function app.f(n integer) returns integer language sql as $f$ select n $f$;
create function app.g(n integer) returns integer language sql as $f$ select n $f$;
create view app.v as select app.g(1) as g;
