create schema app;
create domain app.a as bigint default 1 check (value > 0);
