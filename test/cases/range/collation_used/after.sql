create schema app;
create type app.words as range (subtype = text, collation = "C");
create table app.t (w app.words);
