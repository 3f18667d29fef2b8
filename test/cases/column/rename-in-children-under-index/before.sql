create schema app;
create table app.base (id integer, source integer default 5, constraint positive check (source > 1));
create table app.child (extra integer) inherits (app.base);
create index child_source on app.child (source, extra);
create view app.sources as select source from app.child;
