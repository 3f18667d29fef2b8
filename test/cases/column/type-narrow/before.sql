create schema app;
create table app.t (a text, b bigint, c numeric(10,4));
