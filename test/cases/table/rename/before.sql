create schema app;
create table app.clients (id bigint not null, name text);
