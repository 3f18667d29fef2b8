create schema app;
create table app.p (id integer not null, at integer not null, extra text) partition by hash (at);
create table app.p_0 partition of app.p for values with (modulus 3, remainder 0);
create table app.p_2 partition of app.p for values with (modulus 3, remainder 2);
alter table app.p add constraint p_key primary key (id, at);
