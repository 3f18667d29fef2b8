create schema app;
create table app.customers (id bigint primary key, name text not null, fax text, legacy_code text);
create table app.fax_log (id bigint primary key, customer bigint references app.customers (id), sent_at timestamptz);
create view app.fax_numbers as select id, fax from app.customers;
create type app.fax_state as enum ('sent', 'lost');
create function app.fax_count() returns bigint language sql stable as $$ select count(*) from app.fax_log $$;
create index customers_legacy_code on app.customers (legacy_code);
insert into app.customers select i, 'n' || i, null, 'l' || i from generate_series(1, 60) i;
insert into app.fax_log select i, i, now() from generate_series(1, 60) i;
