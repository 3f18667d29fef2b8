create schema app;
create table app.r (id integer primary key);
create table app.p (id integer not null, "Kind of" text not null) partition by list ("Kind of");
create table app.p1 partition of app.p for values in ('a', 'it''s');
create table app.p2 partition of app.p for values in ('b');
alter table app.p add constraint p_key primary key (id, "Kind of");
alter table app.p add constraint p_r foreign key (id) references app.r;
create index p_id on app.p (id);
