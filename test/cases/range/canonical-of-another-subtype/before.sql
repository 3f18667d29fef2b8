create schema app;
create type app.steps;
create function app.canonical_steps(app.steps) returns app.steps language internal immutable strict as 'int4range_canonical';
create type app.steps as range (subtype = integer, canonical = app.canonical_steps);
create domain app.short as app.steps;
