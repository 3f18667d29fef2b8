create schema app;
create function app.f(a integer, b text) returns integer language sql as 'select 1';
create procedure app.p(a integer) language sql as 'select 1';
create aggregate app.g(integer) (sfunc = int4pl, stype = integer);
alter function app.f owner to case_writer;
alter procedure app.p owner to case_writer;
alter routine app.g owner to case_writer;
grant execute on function app.f to case_reader;
