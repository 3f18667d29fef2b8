create schema app;
create table app.model (a integer not null default 5, b text);
create table app.copy (like app.model including all, c integer);
