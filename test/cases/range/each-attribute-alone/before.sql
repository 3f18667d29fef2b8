create schema app;
create type app.r_opclass as range (subtype = text, subtype_opclass = text_ops);
create type app.r_diff as range (subtype = double precision);
create type app.r_grant as range (subtype = integer);
