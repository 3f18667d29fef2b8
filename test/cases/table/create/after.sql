create schema app;
create table app.orders (id bigint not null, note text default 'none', total numeric(10,2) not null default 0);
