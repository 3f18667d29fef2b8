create schema app;
create domain app.a as integer constraint c check (value > 0);
alter domain app.a add constraint d check (value < 9) not valid;
