create schema app;
create table app.t (a integer);
alter table app.t add constraint present not null a not valid;
