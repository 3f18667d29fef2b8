create schema app;
create table app.items (id bigint primary key, name text not null, slug text, changed_at timestamptz);
create function app.slug(name text) returns text language sql immutable strict as $$ select replace(lower(name), ' ', '-') $$;
create function app.touch() returns trigger language plpgsql as $$ begin new.changed_at := clock_timestamp(); new.slug := app.slug(new.name); return new; end $$;
create trigger items_touch before insert or update on app.items for each row execute function app.touch();
create view app.slugs as select id, app.slug(name) as slug from app.items;
create function app.price(item bigint) returns numeric language sql stable as $$ select 1.5 $$;
create index items_slug on app.items (app.slug(name));
