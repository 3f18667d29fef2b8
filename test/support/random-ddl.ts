/** One random change of a schema that exists, as somebody would type it into psql; knows the catalog, nothing of schemactl. */
import type pg from 'pg';

export interface Things {
  readonly tables: readonly string[];
  /** "table.column" of ordinary tables, with its type. */
  readonly columns: readonly { readonly table: string; readonly name: string; readonly type: string; readonly nullable: boolean }[];
  readonly indexes: readonly string[];
  readonly constraints: readonly { readonly table: string; readonly name: string; readonly type: string }[];
  readonly views: readonly string[];
  readonly functions: readonly string[];
  readonly triggers: readonly { readonly table: string; readonly name: string }[];
  readonly sequences: readonly string[];
}

const TABLES = `c.relkind = 'r' and not c.relispartition and n.nspname = 'public'`;

/** What the database has to change, quoted. */
export async function readThings(client: pg.Client): Promise<Things> {
  const rows = async <T extends pg.QueryResultRow>(sql: string): Promise<readonly T[]> => (await client.query<T>(sql)).rows;
  const names = async (sql: string): Promise<readonly string[]> => (await rows<{ name: string }>(sql)).map(({ name }) => name);
  const from = `from pg_class c join pg_namespace n on n.oid = c.relnamespace`;
  return {
    tables: await names(`select c.oid::regclass::text as name ${from} where ${TABLES} order by 1`),
    columns: await rows(
      `select c.oid::regclass::text as table, quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable
       ${from} join pg_attribute a on a.attrelid = c.oid where ${TABLES} and a.attnum > 0 and not a.attisdropped order by 1, a.attnum`,
    ),
    indexes: await names(
      `select c.oid::regclass::text as name ${from} join pg_index i on i.indexrelid = c.oid where c.relkind = 'i' and n.nspname = 'public'
       and not exists (select from pg_constraint k where k.conindid = c.oid) and not c.relispartition order by 1`,
    ),
    constraints: await rows(
      `select c.oid::regclass::text as table, quote_ident(k.conname) as name, k.contype as type ${from} join pg_constraint k on k.conrelid = c.oid
       where ${TABLES} and k.contype in ('c', 'f', 'u', 'p') order by 1, 2`,
    ),
    views: await names(`select c.oid::regclass::text as name ${from} where c.relkind = 'v' and n.nspname = 'public' order by 1`),
    functions: await names(
      `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prokind = 'f' order by 1`,
    ),
    triggers: await rows(
      `select c.oid::regclass::text as table, quote_ident(t.tgname) as name ${from} join pg_trigger t on t.tgrelid = c.oid
       where ${TABLES} and not t.tgisinternal order by 1, 2`,
    ),
    sequences: await names(`select c.oid::regclass::text as name ${from} where c.relkind = 'S' and n.nspname = 'public' order by 1`),
  };
}

/** The same seed gives the same numbers: mulberry32. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Change = (things: Things, pick: <T>(from: readonly T[]) => T, n: number) => string;

const LITERALS: Readonly<Record<string, string>> = {
  integer: '7',
  smallint: '7',
  text: `'n/a'`,
  boolean: 'false',
  date: `'2001-02-03'`,
  'timestamp with time zone': 'clock_timestamp()',
};

const typed = (things: Things, types: readonly string[]) => things.columns.filter(({ type }) => types.includes(type));

/** Some are refused where something depends on what they change: whoever runs them takes another then. */
export const CHANGES: readonly Change[] = [
  ({ tables }, pick, n) => `alter table ${pick(tables)} add column extra_${n} numeric(12,2) default 0 not null`,
  ({ tables }, pick, n) => `alter table ${pick(tables)} add column extra_${n} text[]`,
  ({ tables }, pick, n) => `alter table ${pick(tables)} add column extra_${n} integer generated always as identity`,
  ({ tables }, pick, n) => `alter table ${pick(tables)} add column extra_${n} text check (extra_${n} <> ''), add unique (extra_${n})`,
  ({ columns }, pick) => {
    const { table, name } = pick(columns);
    return `alter table ${table} drop column ${name}`;
  },
  (things, pick) => {
    const { table, name } = pick(typed(things, ['text', 'character varying(50)']));
    return `alter table ${table} alter column ${name} type varchar(400)`;
  },
  (things, pick) => {
    const { table, name } = pick(typed(things, ['integer', 'smallint']));
    return `alter table ${table} alter column ${name} type bigint`;
  },
  ({ columns }, pick) => {
    const { table, name, nullable } = pick(columns);
    return `alter table ${table} alter column ${name} ${nullable ? 'set' : 'drop'} not null`;
  },
  (things, pick) => {
    const { table, name, type } = pick(typed(things, Object.keys(LITERALS)));
    return `alter table ${table} alter column ${name} set default ${LITERALS[type]}`;
  },
  ({ columns }, pick) => {
    const { table, name } = pick(columns);
    return `alter table ${table} alter column ${name} set statistics 250`;
  },
  ({ columns }, pick, n) => {
    const { table, name } = pick(columns);
    return `alter table ${table} rename column ${name} to renamed_${n}`;
  },
  ({ columns }, pick, n) => {
    const { table, name } = pick(columns);
    return `comment on column ${table}.${name} is 'Said ${n}; it''s new.'`;
  },
  ({ tables }, pick, n) => `comment on table ${pick(tables)} is 'Said ${n}.'`,
  ({ constraints }, pick) => {
    const { table, name } = pick(constraints);
    return `alter table ${table} drop constraint ${name}`;
  },
  ({ constraints }, pick, n) => {
    const { table, name } = pick(constraints);
    return `alter table ${table} rename constraint ${name} to renamed_${n}`;
  },
  (things, pick, n) => {
    const { table, name } = pick(typed(things, ['integer', 'smallint', 'numeric']));
    return `alter table ${table} add constraint sane_${n} check (${name} > -${n})`;
  },
  (things, pick) => {
    const { table, name } = pick(things.constraints.filter(({ type }) => type === 'f'));
    return `do $$ declare d text; begin
      select pg_get_constraintdef(oid) into d from pg_constraint where conrelid = '${table}'::regclass and conname = '${name}';
      execute 'alter table ${table} drop constraint ${name}';
      execute 'alter table ${table} add constraint ${name} ' || regexp_replace(d, ' ON (UPDATE|DELETE) \\w+', '', 'g') || ' on delete cascade'; end $$`;
  },
  ({ columns }, pick, n) => {
    const { table, name } = pick(columns);
    return `create index new_${n} on ${table} (${name})`;
  },
  ({ columns }, pick, n) => {
    const { table, name } = pick(columns);
    return `create index new_${n} on ${table} (${name} desc nulls last) where ${name} is not null`;
  },
  ({ indexes }, pick) => `drop index ${pick(indexes)}`,
  ({ indexes }, pick) => `alter index ${pick(indexes)} set (fillfactor = 60)`,
  ({ indexes }, pick, n) => `alter index ${pick(indexes)} rename to renamed_${n}`,
  ({ views }, pick) => `drop view ${pick(views)}`,
  ({ views }, pick, n) => `comment on view ${pick(views)} is 'Said ${n}.'`,
  ({ columns }, pick, n) => {
    const { table, name } = pick(columns);
    return `create view seen_${n} as select ${name} from ${table} where ${name} is not null`;
  },
  (_things, _pick, n) => `create function made_${n}(a integer, b text default 'x') returns text language sql stable as $$ select b || a $$`,
  ({ functions }, pick) => `drop function ${pick(functions)}`,
  ({ functions }, pick) => `alter function ${pick(functions)} cost 321`,
  ({ functions }, pick) =>
    `do $$ begin execute replace(pg_get_functiondef('${pick(functions)}'::regprocedure), 'BEGIN', E'BEGIN\\n  -- seen to'); end $$`,
  ({ triggers }, pick) => {
    const { table, name } = pick(triggers);
    return `drop trigger ${name} on ${table}`;
  },
  ({ triggers }, pick) => {
    const { table, name } = pick(triggers);
    return `alter table ${table} disable trigger ${name}`;
  },
  ({ tables, functions }, pick, n) =>
    `create trigger made_${n} after delete on ${pick(tables)} for each row execute function ${functions.find((name) => name.startsWith('last_updated'))}`,
  ({ sequences }, pick) => `alter sequence ${pick(sequences)} increment 5 cache 20`,
  (_things, _pick, n) => `create sequence counted_${n} start 100`,
  (_things, _pick, n) => `create type mood_${n} as enum ('sad', 'ok')`,
  (_things, pick) => `alter type mpaa_rating add value 'X' ${pick(['before', 'after'])} 'PG'`,
  (_things, _pick, n) => `create domain positive_${n} as integer check (value > 0)`,
  () => `alter domain year drop constraint year_check`,
  () => `alter domain year add constraint year_late check (value < 2500)`,
  ({ tables }, pick) => `alter table ${pick(tables)} enable row level security`,
  ({ tables }, pick, n) => `create policy rule_${n} on ${pick(tables)} for select using (true)`,
  ({ tables }, pick) => `alter table ${pick(tables)} set (fillfactor = 70, autovacuum_enabled = false)`,
  ({ tables }, pick) => `grant select, insert on ${pick(tables)} to pg_monitor`,
  ({ tables }, pick, n) =>
    `create table made_${n} (id bigint generated always as identity primary key, name text not null unique, of_it integer); create index on made_${n} (of_it); comment on table made_${n} is 'beside ${pick(tables)}'`,
  ({ tables }, pick) => `drop table ${pick(tables)}`,
  (things, pick, n) => {
    const { table } = pick(things.columns);
    const own = things.columns.filter((column) => column.table === table).slice(0, 2);
    return `create statistics stat_${n} on ${own.map(({ name }) => name).join(', ')} from ${table}`;
  },
];
