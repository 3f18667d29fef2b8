create schema app;
create function app.f(n integer) returns integer language sql as $f$ select n + 1 $f$;
create function app.g(n integer) returns integer language sql as $f$ select n $f$;
create function app.h(n integer) returns integer language sql as $f$ select n $f$;
create view app.v as select app.g(1) as g;
