create schema app;
create type app.mood as enum ('a', 'b', 'c');
create function app.f(app.mood) returns app.mood language sql as 'select $1';
