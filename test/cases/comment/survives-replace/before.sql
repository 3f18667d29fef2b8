create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create view app.v as select id, code from app.orders;
comment on view app.v is 'v';
comment on column app.v.id is 'c';
