create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create recursive view app.v (n) as values (1) union all select n + 1 from v where n < 5;
