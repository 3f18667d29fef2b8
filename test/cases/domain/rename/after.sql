create schema app;
-- schemactl: renamed_from code
create domain app.label as text constraint code_check check (value <> '');
create table app.t (c app.label default 'x');
