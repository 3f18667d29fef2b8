create schema app;
create type app.period as range (subtype = timestamp with time zone);
