create schema app;
create unlogged table app.u (id integer primary key);
create table app.l (id integer primary key);
create publication news for table app.l;
