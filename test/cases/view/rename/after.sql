create schema app;
create table app.orders (id integer primary key, code text, total numeric);
-- schemactl: renamed_from v
create view app.order_codes as select id, code from app.orders;
