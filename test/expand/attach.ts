/** What tests of ATTACH PARTITION look at: which tables it read, and how a plan is taken back. */
import type { PlanDocument } from '../../src/core/plan.js';
import { withClient } from '../support/database.js';
import { abortOf, type applyTo } from '../support/made-plan.js';

export const LARGE = { allow: [], adopt: true, rewrite_bytes: 0 } as const;

/** Every relation with its constraints and its bound. */
export const OBJECTS = `select c.oid::regclass::text as name, pg_get_expr(c.relpartbound, c.oid) as bound,
  (select array_agg(k.conname || ' ' || pg_get_constraintdef(k.oid) || ' ' || k.convalidated order by k.conname) from pg_constraint k where k.conrelid = c.oid) as constraints
  from pg_class c where c.relnamespace = 'app'::regnamespace order by 1`;

export const errorsOf = (outcome: Awaited<ReturnType<typeof applyTo>>): readonly string[] =>
  outcome.diagnostics.filter(({ severity }) => severity === 'error').map(({ code, summary }) => `${code} ${summary}`);

/** Runs the statements and takes them back. The server says of each table that ATTACH looks at whether it is read; those without rows are left out. */
export function readByAttach(
  url: string,
  statements: readonly string[],
): Promise<{ readonly proven: readonly string[]; readonly read: readonly string[] }> {
  return withClient(url, async (client) => {
    const [proven, read]: [string[], string[]] = [[], []];
    client.on('notice', ({ message = '' }) => {
      const implied = /partition constraint for (?:table|default partition) "(.+)" is implied/.exec(message)?.[1];
      if (implied !== undefined) proven.push(implied);
      const verified = /^verifying table "(.+)"/.exec(message)?.[1];
      if (verified !== undefined) read.push(verified);
    });
    await client.query('begin');
    for (const sql of statements) {
      // Only ATTACH: VALIDATE says the same of what it reads.
      await client.query(`set local client_min_messages = ${sql.includes(' ATTACH PARTITION ') ? 'debug1' : 'warning'}`);
      await client.query(sql);
    }
    const withRows: string[] = [];
    for (const table of new Set(read)) {
      const { rowCount } = await client.query(`select from app.${table} limit 1`);
      if (rowCount === 1) withRows.push(table);
    }
    await client.query('rollback');
    return { proven, read: read.filter((table) => withRows.includes(table)) };
  });
}

/** What went wrong in taking the plan back. */
export async function aborted(url: string, document: PlanDocument): Promise<readonly string[]> {
  const { diagnostics } = await abortOf(url, document);
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code, summary }) => `${code} ${summary}`);
}
