create schema app;
create table app.r (id integer not null);
alter table app.r replica identity nothing;
