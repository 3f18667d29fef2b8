create schema app;
create type app.pair as (a integer, b text);
create table app.pairs of app.pair (a with options default 5 not null);
create table app.plain_pairs of app.pair;
