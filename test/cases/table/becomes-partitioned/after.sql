create schema app;
create table app.orders (id bigint generated always as identity, at date not null, note text, primary key (id, at)) partition by range (at);
create table app.orders_2024 partition of app.orders for values from ('2024-01-01') to ('2025-01-01');
create table app.orders_rest partition of app.orders default;
create index orders_note on app.orders (note);
comment on index app.orders_note is 'for the search';
create view app.notes as select id, note from app.orders;
