create schema app;
create table app.log (tag text);
create function app.f() returns event_trigger language plpgsql as $$ begin insert into app.log values (tg_tag); end $$;
create function app.g() returns event_trigger language plpgsql as 'begin end';
create event trigger e on sql_drop when tag in ('DROP SERVER') execute function app.g();
