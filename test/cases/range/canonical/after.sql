create schema app;
create type app.steps;
create function app.canonical_steps(app.steps) returns app.steps language internal immutable strict as 'int4range_canonical';
create type app.steps as range (subtype = integer, canonical = app.canonical_steps);
comment on type app.steps is 'Whole ones.';
create table app.walks (id integer primary key, taken app.steps, rests app.steps_multirange);
create function app.length(app.steps) returns integer language sql as 'select upper($1) - lower($1)';
