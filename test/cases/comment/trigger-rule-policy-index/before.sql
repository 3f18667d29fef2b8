create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.touch() returns trigger language plpgsql as $$begin return new; end$$;
create trigger touch before update on app.orders for each row execute function app.touch();
create rule no_delete as on delete to app.orders do instead nothing;
create policy mine on app.orders using (true);
create index by_code on app.orders (code);
