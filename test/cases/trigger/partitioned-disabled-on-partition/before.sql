create schema app;
create table app.events (id integer not null, day date not null) partition by range (day);
create table app.events_2026 partition of app.events for values from ('2026-01-01') to ('2027-01-01');
create table app.events_2027 partition of app.events for values from ('2027-01-01') to ('2028-01-01');
create function app.f() returns trigger language plpgsql as 'begin return null; end';
create trigger log after insert on app.events for each row execute function app.f();
