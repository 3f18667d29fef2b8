create schema app;
create type app.r1 as range (subtype = integer);
create type app.r2 as range (subtype = integer);
create type app.a as (x integer);
create type app.b as (x integer);
create function app.b_to_a(app.b) returns app.a language sql immutable as $$ select row($1.x)::app.a $$;
create function app.to_a(app.b) returns app.a language sql immutable as $$ select row($1.x)::app.a $$;
create cast (app.r1 as app.r2) with inout;
create cast (app.b as app.a) with function app.b_to_a(app.b);
