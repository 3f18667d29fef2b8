create schema app;
create table app.q (a integer);
