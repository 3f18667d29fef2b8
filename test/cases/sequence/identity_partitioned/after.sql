create schema app;
create table app.p (id bigint generated always as identity, k integer) partition by range (k);
create table app.p_1 partition of app.p for values from (1) to (2);
