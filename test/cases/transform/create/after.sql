create schema app;
create domain app.d as integer;
create transform for integer language sql (from sql with function prsd_lextype(internal), to sql with function int4recv(internal));
comment on transform for integer language sql is 't';
create function app.f(integer) returns integer transform for type integer language sql as 'select $1';
