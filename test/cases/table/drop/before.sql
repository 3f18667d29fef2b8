create schema app;
create table app.orders (id bigint not null, note text default 'none');
