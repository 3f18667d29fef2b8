create schema app;
create table app.t (id integer);
create table app.u (id integer);
create function app.f() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger t_old after delete on app.t referencing old table as gone for each statement execute function app.f();
create constraint trigger t_from after insert on app.t for each row execute function app.f();
create trigger t_constraint after insert on app.t for each row execute function app.f();
