create schema app;
create type app.money;
create function app.money_in(cstring) returns app.money language internal immutable strict as 'int8in';
create function app.money_out(app.money) returns cstring language internal immutable strict as 'int8out';
create type app.money (input = app.money_in, output = app.money_out, like = bigint);
