create schema app;
create domain app.code as text constraint code_check check (value <> '');
create table app.t (c app.code default 'x');
