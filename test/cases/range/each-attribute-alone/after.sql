create schema app;
create type app.r_opclass as range (subtype = text, subtype_opclass = text_pattern_ops);
create type app.r_diff as range (subtype = double precision, subtype_diff = float8mi);
create type app.r_grant as range (subtype = integer);
grant usage on type app.r_grant to pg_monitor;
