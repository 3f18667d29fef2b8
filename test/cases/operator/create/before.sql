create schema app;
create function app.eq(a integer, b text) returns boolean language sql immutable as $$ select a::text = b $$;
create function app.qe(a text, b integer) returns boolean language sql immutable as $$ select a = b::text $$;
create function app.ne(a integer, b text) returns boolean language sql immutable as $$ select a::text <> b $$;
create function app.neg(a integer) returns integer language sql immutable as $$ select -a $$;

