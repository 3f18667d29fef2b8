create schema app;
create type app.pair as (x integer, y integer);
create function app.lt(app.pair, app.pair) returns boolean language sql immutable as $$ select $1.x < $2.x $$;
create function app.le(app.pair, app.pair) returns boolean language sql immutable as $$ select $1.x <= $2.x $$;
create function app.eq(app.pair, app.pair) returns boolean language sql immutable as $$ select $1.x = $2.x $$;
create function app.ge(app.pair, app.pair) returns boolean language sql immutable as $$ select $1.x >= $2.x $$;
create function app.gt(app.pair, app.pair) returns boolean language sql immutable as $$ select $1.x > $2.x $$;
create function app.cmp(app.pair, app.pair) returns integer language sql immutable as $$ select $1.x - $2.x $$;
create function app.cmp(app.pair, integer) returns integer language sql immutable as $$ select $1.x - $2 $$;
create function app.lt(app.pair, integer) returns boolean language sql immutable as $$ select $1.x < $2 $$;
create function app.equalimage(oid) returns boolean language sql immutable as $$ select false $$;
create operator app.< (function = app.lt, leftarg = app.pair, rightarg = app.pair);
create operator app.<= (function = app.le, leftarg = app.pair, rightarg = app.pair);
create operator app.= (function = app.eq, leftarg = app.pair, rightarg = app.pair);
create operator app.>= (function = app.ge, leftarg = app.pair, rightarg = app.pair);
create operator app.> (function = app.gt, leftarg = app.pair, rightarg = app.pair);
create operator app.< (function = app.lt, leftarg = app.pair, rightarg = integer);

