create schema app;
create sequence app.s;
create function app.f() returns event_trigger language plpgsql as $$ begin raise exception '% is forbidden', tg_tag; end $$;
create event trigger e on ddl_command_start when tag in ('CREATE SEQUENCE') execute function app.f();
alter event trigger e disable;
