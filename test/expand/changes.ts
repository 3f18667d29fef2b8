/** Changes that would write a large table anew, with rows before and between the phases, and what holds at the end; data for tests. */

/** One change, and what stays true of the rows. */
export interface LargeTableChange {
  readonly before: string;
  readonly after: string;
  readonly rows: string;
  /** Written between the phases, as programs do that know nothing of the plan. */
  readonly meanwhile: string;
  /** A query that is true of every row at the end. */
  readonly holds: string;
  /** Renamed columns are known by both names between the phases. */
  readonly bothNames?: true;
}

const ORDERS = `create schema app; create table app.orders (id integer primary key, total integer not null);`;
const ORDER_ROWS = `insert into app.orders select n, n * 2 from generate_series(1, 3000) n`;

const PARTITIONED = (type: string, more: string): string => {
  const value = type === 'text' ? (n: number): string => `'n${n}'` : String;
  return `create schema app;
  create table app.parted (id integer, part integer not null, n ${type}${more} default ${value(1)}, /* using */ primary key (id, part)) partition by list (part);
  create table app.parted_1 partition of app.parted for values in (1);
  create table app.parted_2 partition of app.parted (n default ${value(2)}) for values in (2);
  create table app.parted_3 partition of app.parted for values in (3, 30) partition by list (part);
  create table app.parted_30 partition of app.parted_3 for values in (30);
  create view app.some as select id, n from app.parted;
  comment on column app.parted.n is 'how many';`;
};
const PARTITIONED_ROWS = `insert into app.parted select n, (array[1, 2, 30])[1 + n % 3], n * 2 from generate_series(1, 3000) n`;

const PAIRS = (type: string): string => `create schema app;
  create table app.pairs (a ${type}, b ${type}, x ${type}, y ${type} not null, primary key (a, b), constraint pairs_once unique (y, a, b) deferrable);
  create index pairs_by on app.pairs (x, b desc) include (a, y);
  create table app.uses (id integer primary key, pair_a ${type}, pair_b ${type}, foreign key (pair_a, pair_b) references app.pairs);
  create index uses_pair on app.uses (pair_a, pair_b);`;

const STATES = (
  labels: readonly string[],
): string => `create schema app; create type app.state as enum (${labels.map((each) => `'${each}'`).join(', ')});
  create table app.moves (id integer primary key, went app.state not null, came app.state);
  create index moves_between on app.moves (went, came); create unique index moves_once on app.moves (came, id, went);`;

const NAMED = (column: string, hint: string): string => `create schema app;
  create table app.named (id integer primary key, ${column} integer not null default 7, ${hint}
    note text, constraint positive check (${column} > 0)) partition by hash (id);
  create table app.named_0 partition of app.named for values with (modulus 2, remainder 0);
  create table app.named_1 partition of app.named for values with (modulus 2, remainder 1) partition by range (id);
  create table app.named_1_low partition of app.named_1 for values from (minvalue) to (1000);
  create table app.named_1_high partition of app.named_1 for values from (1000) to (maxvalue);
  ${['named_0', 'named_1_low', 'named_1_high', 'named_1', 'named'].map((table) => `create index ${table}_value on app.${table} (${column});`).join(' ')}
  create view app.names as select id, ${column} as value from app.named;`;

export const CHANGES: Readonly<Record<string, LargeTableChange>> = {
  'a column with a default that differs per row': {
    before: ORDERS,
    after: ORDERS.replace('total integer not null', 'total integer not null, token uuid not null default gen_random_uuid()'),
    rows: ORDER_ROWS,
    meanwhile: 'insert into app.orders (id, total) values (9001, 1)',
    holds: 'select count(distinct token) = count(*) from app.orders',
  },
  'a column of a partitioned table with a default that differs per row': {
    before: PARTITIONED('integer', ''),
    after: PARTITIONED('integer', '').replace('/* using */', 'token uuid not null default gen_random_uuid(),'),
    rows: PARTITIONED_ROWS,
    meanwhile: 'insert into app.parted (id, part) values (9001, 1), (9003, 30)',
    holds: 'select count(distinct token) = count(*) and count(*) = 3002 from app.parted',
  },
  'the columns of a key and of an index, and a foreign key that refers to them': {
    before: PAIRS('integer'),
    after: PAIRS('bigint'),
    rows: `insert into app.pairs select n, n % 7, n, n * 2 from generate_series(1, 3000) n;
      insert into app.uses select n, n, n % 7 from generate_series(1, 2000) n`,
    meanwhile:
      'insert into app.pairs values (9001, 5, 1, 2); insert into app.uses values (9001, 9001, 5); update app.pairs set x = -x where a < 3',
    holds: `select count(*) = 3001 and count(*) filter (where x < 0) = 2 and sum(y) = 9003002 and pg_typeof(max(a)) = 'bigint'::regtype
      and (select count(*) = 2001 and pg_typeof(max(pair_b)) = 'bigint'::regtype from app.uses join app.pairs on a = pair_a and b = pair_b) from app.pairs`,
  },
  'an enum that two columns of one index hold': {
    before: STATES(['draft', 'open', 'closed']),
    after: STATES(['open', 'closed', 'draft']),
    rows: `insert into app.moves select n, (array['draft', 'open', 'closed'])[1 + n % 3]::app.state, 'open' from generate_series(1, 3000) n`,
    meanwhile: `insert into app.moves values (9001, 'draft', 'closed'); update app.moves set came = 'draft' where id < 5`,
    holds: `select count(*) = 3001 and count(*) filter (where came = 'draft') = 4 and count(*) filter (where went = 'draft') = 1001 and max(went) = 'draft'
      from app.moves`,
  },
  'two renamed columns of one index': {
    before: `create schema app; create table app.points (id integer primary key, x integer, y integer not null);
      create index points_at on app.points (y, x); create unique index points_once on app.points (id, y);`,
    after: `create schema app; create table app.points (id integer primary key, lon integer, -- schemactl: renamed_from x
        lat integer not null -- schemactl: renamed_from y
      ); create index points_at on app.points (lat, lon); create unique index points_once on app.points (id, lat);`,
    rows: 'insert into app.points select n, n, n * 2 from generate_series(1, 3000) n',
    meanwhile: `insert into app.points (id, x, y) values (9001, 1, 2); insert into app.points (id, lon, lat) values (9002, 3, 4);
      update app.points set lon = 7, y = 8 where id = 1`,
    holds: 'select count(*) = 3002 and sum(lon) = 4501500 + 1 + 3 + 6 and sum(lat) = 9003000 + 2 + 4 + 6 from app.points',
    bothNames: true,
  },
  'a renamed column of a partitioned table': {
    before: NAMED('n', ''),
    after: NAMED('amount', '-- schemactl: renamed_from n'),
    rows: 'insert into app.named select n, n * 2 from generate_series(1, 3000) n',
    meanwhile: `insert into app.named (id, n) values (9001, 1), (9002, 2); insert into app.named (id, amount) values (9003, 3), (9004, 4);
      update app.named set amount = 5 where id in (1, 2, 9001); update app.named set n = 6 where id in (3, 4, 9004)`,
    holds: `select count(*) = 3004 and sum(amount) = 9003000 - 20 + 3 * 5 + 3 * 6 + 2 + 3
      and count(*) filter (where amount = 6 and id in (3, 4, 9004)) = 3 from app.named`,
    bothNames: true,
  },
  'a serial column': {
    before: ORDERS,
    after: ORDERS.replace('total integer not null', 'total integer not null, place serial'),
    rows: ORDER_ROWS,
    meanwhile: 'insert into app.orders (id, total) values (9001, 1)',
    holds: "select count(distinct place) = count(*) and max(place) = 3001 and nextval('app.orders_place_seq') = 3002 from app.orders",
  },
  'an identity column': {
    before: ORDERS,
    after: ORDERS.replace('total integer not null', 'total integer not null, place bigint generated always as identity (start with 100)'),
    rows: ORDER_ROWS,
    meanwhile: 'insert into app.orders (id, total) values (9001, 1)',
    holds:
      "select count(distinct place) = count(*) and min(place) = 100 and max(place) = 3100 and nextval('app.orders_place_seq') = 3101 from app.orders",
  },
  'a wider primary key that numbers itself, and the foreign keys that refer to it': {
    before: `create schema app;
      create table app.people (id integer generated by default as identity primary key, name text);
      create table app.letters (id serial primary key, "from" integer not null references app.people, "to" integer references app.people on delete set null);
      create index letters_to on app.letters ("to");`,
    after: `create schema app;
      create table app.people (id bigint generated by default as identity primary key, name text);
      create table app.letters (id bigserial primary key, "from" bigint not null references app.people, "to" bigint references app.people on delete set null);
      create index letters_to on app.letters ("to");`,
    rows: `insert into app.people (name) select 'n' || n from generate_series(1, 500) n;
      insert into app.letters ("from", "to") select 1 + n % 500, nullif(n % 500, 0) from generate_series(1, 3000) n`,
    meanwhile: `insert into app.people (name) values ('last'); insert into app.letters ("from") values (501)`,
    holds: `select nextval('app.people_id_seq') = 502 and nextval('app.letters_id_seq') = 3002 and (select count(*) = 3001 and max("from") = 501 from app.letters)`,
  },
  'a column of a partitioned table, with a default here and another there, a view and a comment': {
    before: PARTITIONED('integer', ''),
    after: PARTITIONED('bigint', ''),
    rows: PARTITIONED_ROWS,
    meanwhile: `insert into app.parted (id, part) values (9001, 1), (9002, 2), (9003, 30); update app.parted set n = null where id <= 10; delete from app.parted where id = 11`,
    holds: `select count(*) = 3002 and count(*) filter (where n is null) = 10 and sum(n) = 9002871 and (select count(*) = 3002 from app.some) from app.parted`,
  },
  'a column of a partitioned table that is NOT NULL, by an expression': {
    before: PARTITIONED('integer', ' not null'),
    after: PARTITIONED('text', ' not null').replace('/* using */', "-- schemactl: using 'n' || n\n"),
    rows: PARTITIONED_ROWS,
    meanwhile: `insert into app.parted (id, part, n) values (9001, 1, 5), (9003, 30, 6); update app.parted set n = 7 where id = 3`,
    holds: `select count(*) = 3002 and bool_and(n ~ '^n[0-9]+$') and count(*) filter (where n = 'n7') = 1 from app.parted`,
  },
  'another collation': {
    before: 'create schema app; create table app.words (word text primary key, size integer);',
    after: 'create schema app; create table app.words (word text collate "C" primary key, size integer);',
    rows: `insert into app.words select md5(n::text), n from generate_series(1, 3000) n`,
    meanwhile: `insert into app.words values ('zebra', 1), ('Zebra', 2)`,
    holds: `select count(*) = 3002 and min(word collate "C") = (select word from app.words order by word limit 1) from app.words`,
  },
  'labels of an enum in another order': {
    before: `create schema app; create type app.mood as enum ('sad', 'ok', 'happy');
      create table app.days (id integer primary key, mood app.mood not null default 'ok', was app.mood[]);
      create index days_mood on app.days (mood, id);
      comment on type app.mood is 'how it was';
      create view app.moods as select id, mood from app.days;`,
    after: `create schema app; create type app.mood as enum ('happy', 'ok', 'sad');
      create table app.days (id integer primary key, mood app.mood not null default 'ok', was app.mood[]);
      create index days_mood on app.days (mood, id);
      comment on type app.mood is 'how it was';
      create view app.moods as select id, mood from app.days;`,
    rows: `insert into app.days select n, (array['sad', 'ok', 'happy'])[1 + n % 3]::app.mood, case when n % 2 = 0 then array['sad', 'ok']::app.mood[] end from generate_series(1, 3000) n`,
    meanwhile: `insert into app.days (id, was) values (7000, '{happy}'); update app.days set mood = 'happy' where id = 1`,
    holds: `select count(*) = 3001 and min(mood) = 'happy' and count(was) = 1501 from app.days`,
  },
  'another type by an expression, under a policy, a trigger, statistics, a check and a column privilege': {
    before: `create schema app;
      create table app.bills (id integer primary key, cents integer not null default 0, who text, constraint paid check (cents >= 0));
      create statistics app.both on cents, who from app.bills;
      create function app.noted() returns trigger language plpgsql as 'begin return new; end';
      create trigger noted after update of cents on app.bills for each row execute function app.noted();
      create policy small on app.bills using (cents < 1000000);
      grant select (cents), update (cents) on app.bills to public;`,
    after: `create schema app;
      create table app.bills (
        id integer primary key,
        cents numeric(12, 2) not null default 0, -- schemactl: using cents / 100.0
        who text, constraint paid check (cents >= 0));
      create statistics app.both on cents, who from app.bills;
      create function app.noted() returns trigger language plpgsql as 'begin return new; end';
      create trigger noted after update of cents on app.bills for each row execute function app.noted();
      create policy small on app.bills using (cents < 1000000);
      grant select (cents), update (cents) on app.bills to public;`,
    rows: `insert into app.bills select n, n from generate_series(1, 3000) n`,
    meanwhile: 'insert into app.bills (id, cents) values (7000, 7000); update app.bills set cents = cents where id = 5',
    holds: 'select bool_and(cents = id / 100.0) from app.bills',
  },
};
