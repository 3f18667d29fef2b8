create schema app;
create type app.price as (amount numeric, currency text);
create type app.label as enum ('a', 'b');
create domain app.cents as integer;
create function app.price(text) returns app.price language sql immutable as $$ select row(split_part($1, ' ', 1)::numeric, split_part($1, ' ', 2))::app.price $$;
create function app.price(integer) returns app.price language sql immutable as $$ select row($1, 'EUR')::app.price $$;

