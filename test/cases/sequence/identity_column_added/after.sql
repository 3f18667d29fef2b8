create schema app;
create table app.t (v text, id integer generated always as identity);
