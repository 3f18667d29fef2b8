create schema app;
create type app.mood as enum ('sad', 'it''s ok', 'happy');
create type app."Empty" as enum ();
create table app.t (m app.mood not null default 'sad', ms app.mood[]);
