create schema app;
create type app.period as range (subtype = date);
create table app.t (p app.period_multirange);
