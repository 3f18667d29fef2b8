create schema app;
create function app.distance(date, date) returns double precision language sql immutable as 'select ($1 - $2)::double precision';
create type app.period as range (subtype = date, subtype_diff = app.distance);
create type app.floatrange as range (subtype = double precision, subtype_diff = float8mi, multirange_type_name = app.floats);
create type app.words as range (subtype = text, subtype_opclass = text_pattern_ops, collation = "C");
create table app.t (p app.period, ps app.period_multirange, f app.floatrange[], w app.words);
create index t_p on app.t using gist (p);
comment on type app.period is 'from, to';
