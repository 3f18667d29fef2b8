create schema app;
create function app.lt(integer, text) returns boolean language sql immutable as $$ select $1::text < $2 $$;
create function app.le(integer, text) returns boolean language sql immutable as $$ select $1::text <= $2 $$;
create function app.cmp(integer, text) returns integer language sql immutable as $$ select 0 $$;
create operator app.<< (function = app.lt, leftarg = integer, rightarg = text);
create operator app.<<= (function = app.le, leftarg = integer, rightarg = text);
create operator family app.f_operators using btree;
alter operator family app.f_operators using btree add operator 1 app.<< (integer, text), operator 2 app.<<= (integer, text);
create operator family app.f_functions using btree;
