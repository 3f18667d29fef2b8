create schema app;
create table app.four (b int, id bigint not null, constraint four_pkey primary key (id));
alter table app.four add constraint four_once unique (b, id) deferrable initially deferred;
create table app.one (id bigint primary key);
alter table app.one add constraint points foreign key (id) references app.four (id) not valid;
