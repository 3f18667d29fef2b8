create schema app;
create function app.ok(text) returns boolean language sql immutable as 'select true';
create domain app.code as character varying(10) collate "C" default 'x' not null constraint code_ok check (app.ok(value)) check (value <> '');
create domain app.amount as numeric(10,2)[];
create table app.t (c app.code, a app.amount[]);
