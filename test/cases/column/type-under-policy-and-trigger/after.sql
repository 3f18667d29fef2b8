create schema app;
create table app.t (a bigint, b integer);
create policy p on app.t using (a > 1);
create function app.f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update of a on app.t for each row when (old.a is distinct from new.a) execute function app.f();
