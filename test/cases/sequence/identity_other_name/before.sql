create schema app;
create table app.t (id integer generated always as identity, note text);
