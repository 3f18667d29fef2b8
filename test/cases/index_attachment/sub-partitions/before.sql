create schema app;
create table app.a (id integer, day date) partition by list (id);
create table app.a1 partition of app.a for values in (1) partition by range (day);
create table app.a1_2026 partition of app.a1 for values from ('2026-01-01') to ('2027-01-01');
