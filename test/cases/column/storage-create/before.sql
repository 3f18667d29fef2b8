create schema app;
create table app.other (z integer);
