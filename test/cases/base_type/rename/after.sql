create schema app;
create type app.cents;
-- schemactl: renamed_from money_in
create function app.cents_in(cstring) returns app.cents language internal immutable strict as 'int8in';
-- schemactl: renamed_from money_out
create function app.cents_out(app.cents) returns cstring language internal immutable strict as 'int8out';
-- schemactl: renamed_from money
create type app.cents (input = app.cents_in, output = app.cents_out, like = bigint);
comment on type app.cents is 'Cents.';
create table app.bills (id integer primary key, total app.cents);
