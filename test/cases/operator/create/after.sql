create schema app;
create function app.eq(a integer, b text) returns boolean language sql immutable as $$ select a::text = b $$;
create function app.qe(a text, b integer) returns boolean language sql immutable as $$ select a = b::text $$;
create function app.ne(a integer, b text) returns boolean language sql immutable as $$ select a::text <> b $$;
create function app.neg(a integer) returns integer language sql immutable as $$ select -a $$;
create operator app.=== (function = app.eq, leftarg = integer, rightarg = text, restrict = eqsel, join = eqjoinsel);
create operator app.!! (function = app.neg, rightarg = integer);
comment on operator app.!! (none, integer) is 'negates';
create view app.v as select 1 operator(app.===) '1'::text as same;
