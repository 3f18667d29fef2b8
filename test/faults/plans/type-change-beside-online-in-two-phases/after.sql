create schema app;
create table app.orders (id bigint primary key, total bigint not null default 7, note text, constraint total_positive check (total >= 0));
create index orders_total on app.orders (total, note);
create view app.totals as select id, total from app.orders;
