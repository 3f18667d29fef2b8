create schema app;
create type app.later;
create function app.later_in(cstring) returns app.later language internal immutable strict as 'int4in';
alter type app.later owner to case_writer;
