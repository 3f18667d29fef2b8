create schema app;
-- schemactl: renamed_values new -> 'brand new'
create type app.mood as enum ('brand new', 'old');
create table app.t (m app.mood default 'brand new');
