create schema app;
create type app.b;
create function app.b_in(cstring) returns app.b language internal strict immutable as 'textin';
create function app.b_out(app.b) returns cstring language internal strict immutable as 'textout';
create type app.b (input = app.b_in, output = app.b_out);
alter type app.b set (typmod_out = varchartypmodout);
