create schema app;
-- schemactl: renamed_from period
create type app.timespan as range (subtype = date, multirange_type_name = app.periods);
create table app.t (p app.timespan);
