create schema app;
create table app.four (b int, id bigint not null, constraint four_pkey primary key (id));
alter table app.four add constraint four_once unique (id);
create table app.one (id bigint primary key);
