create schema app;
create table app.log (tag text);
create function app.f() returns event_trigger language plpgsql as $$ begin insert into app.log values (tg_tag); end $$;
