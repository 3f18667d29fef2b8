create schema app;
create table app.p (a integer, b integer check (b > 0), constraint both_small check (a + b < 100)) partition by list (a);
create table app.p1 partition of app.p for values in (1);
