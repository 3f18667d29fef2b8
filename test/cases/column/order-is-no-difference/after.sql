create schema app;
create table app.t (b text, a integer);
