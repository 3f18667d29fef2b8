create schema app;
create type app.period as range (subtype = date);
