create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create view app.v as select id, code from app.orders;
create sequence app.seq;
alter table app.orders owner to case_writer;
alter table app.v owner to case_writer;
alter sequence app.seq owner to case_writer;
