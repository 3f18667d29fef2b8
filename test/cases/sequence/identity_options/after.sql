create schema app;
create table app.t (id integer generated always as identity (increment by 5 minvalue -10 cache 4 cycle));
