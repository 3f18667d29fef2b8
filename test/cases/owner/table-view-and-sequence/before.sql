create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create view app.v as select id, code from app.orders;
create sequence app.seq;
alter table app.orders owner to postgres;
alter table app.v owner to postgres;
alter sequence app.seq owner to postgres;
