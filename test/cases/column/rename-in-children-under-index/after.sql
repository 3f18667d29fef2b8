create schema app;
create table app.base (
  id integer,
  origin integer default 5, -- schemactl: renamed_from source
  constraint positive check (origin > 1)
);
create table app.child (extra integer) inherits (app.base);
create index child_source on app.child (origin, extra);
create view app.sources as select origin as source from app.child;
