create schema app;
create type app.later;
create function app.later_in(cstring) returns app.later language internal immutable strict as 'int4in';
comment on type app.later is 'Announced.';
