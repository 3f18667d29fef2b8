create schema app;
create table app.base (id bigint);
-- id is its own as well: what has its own once keeps it, whoever it inherits from later.
create table app.child (id bigint, extra integer) inherits (app.base);
