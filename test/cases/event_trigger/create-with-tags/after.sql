create schema app;
create table app.log (tag text);
create function app.f() returns event_trigger language plpgsql as $$ begin insert into app.log values (tg_tag); end $$;
create event trigger "My E" on sql_drop when tag in ('DROP TABLE', 'ALTER TABLE') execute procedure app.f();
alter event trigger "My E" disable;
