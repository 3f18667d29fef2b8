create schema app;
create table app.base (id bigint not null, note text default 'x', made_at timestamp with time zone);
create table app.child (extra integer) inherits (app.base);
create table app.grandchild () inherits (app.child);
