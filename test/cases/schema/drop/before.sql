create schema app;
create schema billing;
