create schema app;
create domain app.code as character varying(10);
create domain app.strict as app.code check (value <> '');
create table app.t (a app.strict, b character varying(10), c text[]);
