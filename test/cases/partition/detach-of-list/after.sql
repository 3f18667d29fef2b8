create schema app;
create table app.r (id integer primary key);
create table app.p (id integer not null, "Kind of" text not null) partition by list ("Kind of");
create table app.p1 (id integer not null, "Kind of" text not null, constraint p1_pkey primary key (id, "Kind of"), constraint p_r foreign key (id) references app.r);
create table app.p2 partition of app.p for values in ('b');
alter table app.p add constraint p_key primary key (id, "Kind of");
alter table app.p add constraint p_r foreign key (id) references app.r;
create index p_id on app.p (id);
create index p1_id_idx on app.p1 (id);
