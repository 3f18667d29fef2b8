create schema app;
create table app.base (
  a integer,
  c text -- schemactl: renamed_from b
);
create table app.child (extra integer) inherits (app.base);
