create schema app;
create schema elsewhere;
create table app.nodes (id integer primary key, parent integer references app.nodes (id), label text not null);
