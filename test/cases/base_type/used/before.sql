create schema app;
create type app.money;
create function app.money_in(cstring) returns app.money language internal immutable strict as 'int8in';
create function app.money_out(app.money) returns cstring language internal immutable strict as 'int8out';
create type app.money (input = app.money_in, output = app.money_out, like = bigint);
create table app.bills (id integer primary key, total app.money);
create view app.totals as select total from app.bills;
