create schema app;
create type app.pair as (a integer, b text);
create table app.pairs (a integer, b text);
