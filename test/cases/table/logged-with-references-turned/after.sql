create schema app;
create table app.b (id integer primary key);
create table app.a (id integer primary key, constraint a_b foreign key (id) references app.b);
