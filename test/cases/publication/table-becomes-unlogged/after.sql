create schema app;
create table app.u (id integer primary key);
create unlogged table app.l (id integer primary key);
create publication news for table app.u;
