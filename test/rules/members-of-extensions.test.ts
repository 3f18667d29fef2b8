/** Rules of what belongs to extensions, by their sentences: privileges on it are compared, anything else said about it is told of. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { preflight } from '../../src/apply/preflight.js';
import { readCatalog } from '../../src/catalog/read.js';
import { pinSession } from '../../src/catalog/session.js';
import { kinds } from '../../src/kinds/registry.js';
import { query, testServer, withClient, withDatabase } from '../support/database.js';
import { applyTo, migrate, planOf, statementsOf } from '../support/made-plan.js';

vi.setConfig({ testTimeout: 120_000 });

const everything = { allow: [{ hazard: '*', address: null }], adopt: true, manage: ['*'] } as const;
const mark = randomBytes(4).toString('hex');
const [READER, WRITER] = [`reader_${mark}`, `writer_${mark}`];
const EXTENSION = 'create schema app; create extension pg_stat_statements schema app; create extension pg_trgm schema app;';
const onServer = async (sql: string) => query((await testServer()).url, sql);

beforeAll(() => onServer(`create role ${READER}; create role ${WRITER}`));
afterAll(() => onServer(`drop role ${READER}; drop role ${WRITER}`));

describe('Privileges on a member are compared once a file or an applied plan mentions them there', () => {
  const GRANT = `grant select on app.pg_stat_statements to ${READER};`;

  it('mentioned: granted, left alone by the next plan, and revoked when no file has it any more; on others: only told of', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${EXTENSION} grant execute on function app.similarity(text, text) to ${WRITER}`);
      const first = await migrate(url, `${EXTENSION} ${GRANT}`);
      expect(statementsOf(first.document)).toEqual([`GRANT SELECT ON TABLE app.pg_stat_statements TO ${READER}`]);
      expect(first.document.plan.steps[0]?.requires).toContainEqual({ privilege: 'OWNER', on: 'view:app.pg_stat_statements' });
      expect(first.undeclared).toContain(`member_privilege:extension:pg_trgm@"function similarity(text, text) to ${WRITER}"`);
      const again = await planOf(url, `${EXTENSION} ${GRANT}`);
      expect(statementsOf(again.document)).toEqual([]);
      const gone = await migrate(url, EXTENSION, { allow: everything.allow });
      expect(statementsOf(gone.document)).toEqual([`REVOKE SELECT ON TABLE app.pg_stat_statements FROM ${READER}`]);
      const end = await planOf(url, EXTENSION);
      expect(statementsOf(end.document)).toEqual([]);
    }));

  it('GRANT ON ALL TABLES IN SCHEMA mentions them, and so does a function without its arguments', () =>
    withDatabase(async ({ url }) => {
      await query(url, EXTENSION);
      const all = `${EXTENSION} grant insert on all tables in schema app to ${READER}; grant execute on function app.show_trgm to ${READER};`;
      const { document } = await migrate(url, all);
      const views = ['pg_stat_statements', 'pg_stat_statements_info'];
      expect([...statementsOf(document)].sort()).toEqual(
        [
          `GRANT EXECUTE ON FUNCTION app.show_trgm(text) TO ${READER}`,
          ...views.map((view) => `GRANT INSERT ON TABLE app.${view} TO ${READER}`),
        ].sort(),
      );
      const gone = await planOf(url, EXTENSION, { allow: everything.allow });
      expect(statementsOf(gone.document)).toHaveLength(3);
    }));

  it('also where the extension itself is declared nowhere', () =>
    withDatabase(async ({ url }) => {
      await query(url, 'create schema app; create extension pg_stat_statements');
      const files = `create schema app; create table app.t (a int); grant select on public.pg_stat_statements to ${READER};`;
      const { document } = await migrate(url, files);
      expect(statementsOf(document)).toContain(`GRANT SELECT ON TABLE public.pg_stat_statements TO ${READER}`);
      expect(statementsOf((await planOf(url, files)).document)).toEqual([]);
      const other = await planOf(url, files.replace('grant select', 'grant insert'), { allow: everything.allow });
      expect([...statementsOf(other.document)].sort()).toEqual([
        `GRANT INSERT ON TABLE public.pg_stat_statements TO ${READER}`,
        `REVOKE SELECT ON TABLE public.pg_stat_statements FROM ${READER}`,
      ]);
    }));
});

describe('What somebody else than the owner granted is taken back as that role, before its own right to grant', () => {
  it('on a view', () =>
    withDatabase(async ({ url }) => {
      await query(
        url,
        `${EXTENSION} grant usage on schema app to ${READER}; grant select on app.pg_stat_statements to ${READER} with grant option;
         set role ${READER}; grant select on app.pg_stat_statements to ${WRITER}; reset role`,
      );
      const { document } = await planOf(url, `${EXTENSION} grant usage on schema app to ${READER};`, everything);
      const statements = statementsOf(document);
      expect(statements).toHaveLength(2);
      expect(statements[0]).toContain(`set_config('role', '${READER}', true)`);
      expect(statements[0]).toContain(`REVOKE SELECT ON TABLE app.pg_stat_statements FROM ${WRITER}`);
      expect(statements[1]).toBe(`REVOKE SELECT ON TABLE app.pg_stat_statements FROM ${READER}`);
      expect((await applyTo(url, document)).exitCode).toBe(0);
    }));
});

it('Whoever does not own the member is told so before anything is run', () =>
  withDatabase(async ({ url }) => {
    await query(url, EXTENSION);
    const { document } = await planOf(url, `${EXTENSION} grant select on app.pg_stat_statements to ${READER};`);
    const missing = await withClient(url, async (client) => {
      await pinSession(client);
      await client.query(`set role ${WRITER}`);
      return preflight(client, { ...document.plan, apply_as: WRITER }, document.plan.steps);
    });
    expect(missing.map(({ summary }) => summary)).toContain(`role ${WRITER} does not own table app.pg_stat_statements`);
  }));

it('An extension that has the privileges that it came with has no such object, nor has the one of every database', () =>
  withDatabase(async ({ url }) => {
    const found = async (): Promise<readonly string[]> =>
      withClient(url, async (client) => {
        await pinSession(client);
        const state = await readCatalog(client, { major: 15, kinds });
        return [...state.keys()].filter((address) => address.startsWith('member_privilege:'));
      });
    expect(await found()).toEqual([]);
    await query(url, `${EXTENSION} create extension pg_buffercache schema app; create extension dblink schema app`);
    expect(await found()).toEqual([]);
  }));

describe('Anything else that a file says of a member has no effect, and is told of at its place', () => {
  it('a comment, an owner, a comment on a column; a privilege is none of it', () =>
    withDatabase(async ({ url }) => {
      await query(url, EXTENSION);
      const files = [
        EXTENSION,
        `comment on function app.similarity(text, text) is 'mine';`,
        'alter function app.similarity owner to current_user;',
        `comment on column app.pg_stat_statements.query is 'mine';`,
        `grant select on app.pg_stat_statements to ${READER};`,
        'revoke execute on function app.show_limit() from public;',
        'grant execute on function app.show_limit() to public;',
      ].join('\n');
      const { diagnostics } = await planOf(url, files);
      const told = diagnostics.filter(({ code }) => code === 'SC1206');
      expect(told.map(({ severity, span, summary }) => [severity, span?.start.line, span?.start.column, summary])).toEqual([
        ['warning', 2, 1, 'function:app.similarity(text, text) belongs to an extension: this has no effect'],
        ['warning', 3, 1, 'function:app.similarity belongs to an extension: this has no effect'],
        ['warning', 4, 1, 'view:app.pg_stat_statements belongs to an extension: this has no effect'],
      ]);
    }));
});
