create schema app;
create table app.r (id integer primary key);
create table app.s (id integer primary key);
create table app.p (id integer not null, at integer) partition by range (id);
alter table app.p add constraint p_r foreign key (id) references app.r on delete cascade;
create table app.p1 partition of app.p for values from (1) to (10);
create table app.p2 partition of app.p for values from (10) to (20);
create table app.p3 (id integer not null, at integer);
alter table app.p3 add constraint p_r foreign key (id) references app.r on delete cascade;
