-- schemactl plan 6f1c2f0e-9f6b-4c36-8f0b-2f3f5a1d7c11 for database shop, environment production: 3 steps
-- Run by hand, nothing checks that the database is where this starts from, and nothing is recorded; schemactl apply does both.

select pg_catalog.set_config('search_path', '', false);
select pg_catalog.set_config('TimeZone', 'UTC', false);
set role deploy;

-- step 1 (expand, one transaction): add column app.orders.total, drop column app.orders.note
-- ACCESS EXCLUSIVE on app.orders; lock timeout 2 s, statement timeout 15 min
-- hazard drop-column at app.orders.note: the values in note are lost
-- cannot be undone: the values of a dropped column cannot be brought back
begin;
set local lock_timeout = 2000;
set local statement_timeout = 900000;
ALTER TABLE app.orders ADD COLUMN total bigint;
ALTER TABLE app.orders DROP COLUMN note;
commit;

-- step 2 (expand, outside a transaction): create index app.orders_total_idx
-- SHARE UPDATE EXCLUSIVE on app.orders; lock timeout none, statement timeout 15 min
-- depends on the rows
-- can be undone
set lock_timeout = 0;
set statement_timeout = 900000;
CREATE INDEX CONCURRENTLY orders_total_idx ON app.orders (total);

-- step 3 (contract, one transaction): drop "<img src=x onerror=alert(1)>|`*@octocat\x1b[2J"
-- ACCESS EXCLUSIVE on app.orders; lock timeout 2 s, statement timeout 15 min
-- hazard drop-table at app."<img src=x onerror=alert(1)>|`*@octocat\x1b[2J": drops "<img src=x onerror=alert(1)>|`*@octocat\x1b[2J" with all its rows
-- not proven: the extension postgis is not available in scratch
-- cannot be undone: the values of a dropped column cannot be brought back
begin;
set local lock_timeout = 2000;
set local statement_timeout = 900000;
DROP TABLE app.legacy -- ``` </pre><script>alert('x')</script>
;
commit;
