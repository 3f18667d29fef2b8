create schema app;
create table app.t (id bigserial primary key);
