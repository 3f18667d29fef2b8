create schema app;
create table app.model (a integer not null default 5, b text);
