create schema app;
create table app.log (tag text);
create function app.f() returns event_trigger language plpgsql as $$ begin insert into app.log values (tg_tag); end $$;
create event trigger e on ddl_command_end execute function app.f();
create table app.t (a integer);
comment on event trigger e is 'e';
