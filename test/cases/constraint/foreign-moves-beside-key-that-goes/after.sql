create schema app;
create table app.other (id bigint primary key);
create table app.three (id bigint not null, constraint three_pkey primary key (id));
alter table app.three add constraint points foreign key (id) references app.three (id) on delete cascade deferrable;
