create schema app;
create domain app.amount as numeric check (value >= 0);
create table app.t (a integer);
