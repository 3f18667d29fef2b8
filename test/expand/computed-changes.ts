/** Tables with rows of which a stored column is computed anew, with what leans on them and what is written between the phases; data for tests. */
import type { LargeTableChange } from './changes.js';

const around = `create index bills_cents on app.bills (cents);
  create view app.sums as select who, sum(cents) as cents from app.bills group by who;
  create function app.seen() returns trigger language plpgsql as 'begin return new; end';
  create trigger seen before update on app.bills for each row execute function app.seen();
  comment on table app.bills is 'what is owed';
  grant select (id) on app.bills to public;
  create table app.payments (id integer primary key, bill bigint not null references app.bills on delete cascade);`;
const bills = (computed: string): string => `create schema app; create table app.people (id integer primary key);
  create table app.bills (id bigint generated always as identity primary key, who integer not null references app.people on delete cascade, cents integer${computed});
  ${around}`;
const rows = `insert into app.people select n from generate_series(1, 50) n;
  insert into app.bills (who, cents) select 1 + n % 50, n from generate_series(1, 3000) n;
  insert into app.payments select n, n from generate_series(1, 3000) n`;
const meanwhile = `delete from app.people where id = 7; insert into app.bills (who, cents) values (1, null); insert into app.payments values (3001, 3001);
  update app.bills set cents = cents + 1 where id % 2 = 0`;
const held = (computed: string): string => `select count(*) = 2941 and (select count(*) = 2941 from app.payments) and bool_and(${computed})
  and nextval('app.bills_id_seq') = 3002 from app.bills`;

export const COMPUTED: Readonly<Record<string, LargeTableChange>> = {
  'a stored column is new, with an index, a check and NOT NULL': {
    before: bills(''),
    after: `${bills(', gross integer not null generated always as (coalesce(cents, 0) * 2) stored check (gross >= 0)')} create index bills_gross on app.bills (gross);`,
    rows,
    meanwhile,
    holds: held('gross = coalesce(cents, 0) * 2'),
  },
  'a stored column is computed otherwise': {
    before: bills(', gross integer generated always as (cents * 2) stored'),
    after: bills(', gross integer generated always as (cents * 3) stored'),
    rows,
    meanwhile,
    holds: held('gross is not distinct from cents * 3'),
  },
  'a stored column is computed otherwise, and of another type': {
    before: bills(', gross integer generated always as (cents * 2) stored'),
    after: bills(`, gross text generated always as ('c' || cents) stored`),
    rows,
    meanwhile,
    holds: held(`gross is not distinct from 'c' || cents`),
  },
  'a plain column becomes one that is computed': {
    before: bills(', gross integer'),
    after: bills(', gross integer generated always as (cents * 2) stored'),
    rows,
    meanwhile: `${meanwhile}; update app.bills set gross = 1 where id = 9`,
    holds: held('gross is not distinct from cents * 2'),
  },
};
