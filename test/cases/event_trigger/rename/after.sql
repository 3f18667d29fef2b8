create schema app;
create table app.log (tag text);
create function app.f() returns event_trigger language plpgsql as $$ begin insert into app.log values (tg_tag); end $$;
-- schemactl: renamed_from e
create event trigger e2 on ddl_command_end when tag in ('CREATE SERVER') execute function app.f();
