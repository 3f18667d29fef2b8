create schema app;
create type app.money;
create function app.money_in(cstring) returns app.money language internal immutable strict as 'int8in';
create function app.money_out(app.money) returns cstring language internal immutable strict as 'int8out';
create function app.money_recv(internal) returns app.money language internal immutable strict as 'int8recv';
create function app.money_send(app.money) returns bytea language internal immutable strict as 'int8send';
create type app.money (input = app.money_in, output = app.money_out, receive = app.money_recv, send = app.money_send, like = bigint);
