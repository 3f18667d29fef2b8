create schema app;
create table app.a (id integer primary key, b_id integer);
create table app.b (id integer primary key, a_id integer references app.a);
alter table app.a add foreign key (b_id) references app.b;
