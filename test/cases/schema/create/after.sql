create schema app;
create schema billing;
create schema "Odd Name";
