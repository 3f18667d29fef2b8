create schema app;
create table app.old (id integer not null, v text);
