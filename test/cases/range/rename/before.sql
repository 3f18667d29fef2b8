create schema app;
-- schemactl: renamed_from timespan
create type app.period as range (subtype = date, multirange_type_name = app.periods);
create table app.t (p app.period);
