create schema app;
create domain app.code as character varying(10);
create domain app.strict as app.code check (value <> '');
create table app.t (a text, b app.strict, c app.code[]);
