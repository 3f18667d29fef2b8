create schema app;
create table app.base (id bigint not null, note text);
