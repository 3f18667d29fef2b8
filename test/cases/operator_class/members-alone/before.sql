create schema app;
create function app.cmp(integer, integer) returns integer language sql immutable as $$ select $1 - $2 $$;
create operator class app.b_operators for type integer using btree as operator 1 <, function 1 btint4cmp(integer, integer);
create operator class app.b_functions for type integer using btree as operator 1 <, function 1 btint4cmp(integer, integer);
