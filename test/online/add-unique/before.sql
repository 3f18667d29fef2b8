create schema app;
create schema elsewhere;
create table app.users (id bigint primary key, email text, name text);
