create schema app;
create table app.t (a text default null, b date default current_date, c integer default 1 + 1);
