create schema app;
create schema elsewhere;
create table app.nodes (id integer primary key, parent integer, label text not null);
