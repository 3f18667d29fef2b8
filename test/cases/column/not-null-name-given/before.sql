create schema app;
create table app.t (a integer not null, b text constraint there not null);
