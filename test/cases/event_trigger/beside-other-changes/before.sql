create schema app;
create table app.log (tag text);
create function app.f() returns event_trigger language plpgsql as $$ begin insert into app.log values (tg_tag); end $$;
create event trigger e on ddl_command_end when tag in ('CREATE SERVER') execute function app.f();
create table app.t (a integer);
