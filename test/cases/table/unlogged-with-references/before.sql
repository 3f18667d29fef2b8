create schema app;
create table app.a (id integer primary key, up integer references app.a);
create table app.b (id integer primary key references app.a);
create table app.c (id integer primary key, constraint c_b foreign key (id) references app.b);
create table app.d (id integer primary key, constraint d_c foreign key (id) references app.c);
