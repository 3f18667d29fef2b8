create schema app;
create type app.words as range (subtype = text);
create table app.t (w app.words);
