create schema app;
create domain app.a as integer;
alter domain app.a add constraint c check (value > 0) not valid;
alter domain app.a add constraint d check (value < 9) not valid;
