create schema app;
create table app.p1 (id bigint not null, at date not null, note text default 'x');
