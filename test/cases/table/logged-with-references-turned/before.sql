create schema app;
create unlogged table app.a (id integer primary key);
create unlogged table app.b (id integer primary key, constraint b_a foreign key (id) references app.a);
