create schema app;
create table app.t (id integer generated always as identity (sequence name app.numbers start 5), note text);
