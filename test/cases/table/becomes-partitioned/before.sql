create schema app;
create table app.orders (id bigint generated always as identity primary key, at date not null, note text);
create index orders_note on app.orders (note);
comment on index app.orders_note is 'for the search';
create view app.notes as select id, note from app.orders;
