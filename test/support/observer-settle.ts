/**
 * Tells differences in what PostgreSQL deparses from differences in what it means: both texts are read by the server and written out
 * again, in a transaction that is rolled back. What an expression reads back as is not always what it was written from: ANY
 * ((ARRAY['a'::character varying])::text[]) becomes ANY (ARRAY[('a'::character varying)::text]).
 */
import pg from 'pg';
import type { ObservedRow } from './observer.js';

export interface Difference {
  readonly row: ObservedRow;
  readonly column: string;
  readonly actual: string | null;
  readonly expected: string | null;
}

type Reread = (text: string, row: ObservedRow) => { readonly make: string; readonly read: string };

const view: Reread = (text) => ({
  make: `create temporary view settled as ${text}`,
  read: `select pg_catalog.pg_get_viewdef('pg_temp.settled'::regclass) as text`,
});

/** Expressions over one relation, or over none; row() takes a list of them as well. */
const expression: Reread = (text, row) =>
  view(`select 1${row.relation === null ? '' : ` from ${row.relation}`} where row(${text}) is null`, row);

/** VALUE means something in a domain only. */
const check: Reread = (text, row) =>
  row.relation !== null
    ? expression(text, row)
    : {
        make: `do $settle$ declare base text; begin
          select format_type(t.typbasetype, t.typtypmod) into base from pg_catalog.pg_constraint c join pg_catalog.pg_type t on t.oid = c.contypid where c.oid = ${row.oid};
          execute 'create domain pg_temp.settled as ' || base || ' check (' || ${pg.escapeLiteral(text)} || ')';
        end $settle$`,
        read: `select pg_catalog.pg_get_constraintdef(oid) as text from pg_catalog.pg_constraint where contypid = 'pg_temp.settled'::regtype and contype = 'c'`,
      };

const REREAD: Readonly<Record<string, Reread>> = {
  'pg_attrdef.adbin': expression,
  'pg_class.query': view,
  'pg_constraint.conbin': check,
  'pg_index.indexprs': expression,
  'pg_index.indpred': expression,
  'pg_partitioned_table.partexprs': expression,
  'pg_policy.polqual': expression,
  'pg_policy.polwithcheck': expression,
  'pg_proc.proargdefaults': expression,
  'pg_proc.definition': (text, { oid }) => ({ make: text, read: `select pg_catalog.pg_get_functiondef(${oid}) as text` }),
  'pg_publication_rel.prqual': expression,
  // The identifier is the new one's: CREATE OR REPLACE RULE keeps it.
  'pg_rewrite.definition': (text, { oid }) => ({
    make: text.replace(/^CREATE RULE/, 'CREATE OR REPLACE RULE'),
    read: `select pg_catalog.pg_get_ruledef(${oid}) as text`,
  }),
  'pg_statistic_ext.stxexprs': expression,
  'pg_trigger.when': (text, row) => view(`select 1 from ${row.relation} old, ${row.relation} new where (${text})`, row),
  'pg_type.typdefaultbin': expression,
};

/** Those differences that are none. */
export async function settle(found: readonly Difference[], url: string): Promise<ReadonlySet<Difference>> {
  const settled = new Set<Difference>();
  const open = found.filter(
    ({ row, column, actual, expected }) => actual !== null && expected !== null && REREAD[`${row.catalog}.${column}`] !== undefined,
  );
  if (open.length === 0) return settled;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // A replica fires no event trigger that does not ask for it; bodies are not looked into, as when they are dumped.
    await client.query(
      `set search_path = ''; set session_replication_role = replica; set check_function_bodies = off; set client_min_messages = error`,
    );
    for (const difference of open) {
      const reread = REREAD[`${difference.row.catalog}.${difference.column}`] as Reread;
      const texts: (string | null)[] = [];
      for (const text of [difference.actual, difference.expected])
        texts.push(await readAgain(client, reread(text as string, difference.row)));
      if (texts[0] !== null && texts[0] === texts[1]) settled.add(difference);
    }
  } finally {
    await client.end();
  }
  return settled;
}

/** Null where the server does not take the text here: then the difference stands. */
async function readAgain(client: pg.Client, { make, read }: ReturnType<Reread>): Promise<string | null> {
  await client.query('begin');
  try {
    await client.query(make);
    const { rows } = await client.query<{ text: string | null }>(read);
    return rows[0]?.text ?? null;
  } catch (error) {
    if (error instanceof pg.DatabaseError) return null;
    throw error;
  } finally {
    await client.query('rollback');
  }
}
