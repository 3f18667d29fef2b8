create schema app;
create table app.items (id bigint primary key, name text not null, slug text, changed_at timestamptz);
create function app.slug(name text) returns text language sql immutable as $$ select lower(name) $$;
create function app.touch() returns trigger language plpgsql as $$ begin new.changed_at := now(); return new; end $$;
create trigger items_touch before update on app.items for each row execute function app.touch();
create view app.slugs as select id, app.slug(name) as slug from app.items;
create function app.price(item bigint) returns integer language sql stable as $$ select 1 $$;
insert into app.items select i, 'Item ' || i, null, null from generate_series(1, 80) i;
