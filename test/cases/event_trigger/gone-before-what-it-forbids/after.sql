create schema app;
create sequence app.s;
create function app.f() returns event_trigger language plpgsql as $$ begin raise exception '% is forbidden', tg_tag; end $$;
