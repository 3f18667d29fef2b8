create schema app;
create type app.mood as enum ('sad', 'happy');
create table app.t (m app.mood default 'sad' check (m <> 'happy'));
