/** schemactl diff: one object in words, with why and by which step; the executable says what the library found. */
import { describe, expect, it, vi } from 'vitest';
import { objectDifference } from '../../src/report/object-diff.js';
import { objectDiffText } from '../../src/report/object-diff-text.js';
import { query, testServer, withDatabase } from '../support/database.js';
import { planOf } from '../support/made-plan.js';
import { project, schemactl } from './run-binary.js';

vi.setConfig({ testTimeout: 120_000 });

const LIVE = `create schema app;
create table app.orders (id integer, client_id integer, note text, state text default 'new' check (state <> ''));
create function app.tax(n numeric) returns numeric language sql immutable as $$
  select n * 0.19
$$;
create view app.notes as select note from app.orders;
create table app.apart (id integer);
create schema other; create table other.t (id integer);`;

const DESIRED = `create schema app;
create table app.orders (id integer,
  customer_id integer, -- schemactl: renamed_from client_id
  note varchar(40), state text default 'open' check (state <> ''), total numeric(10,2) not null default 0);
create function app.tax(n numeric) returns numeric language sql immutable as $$
  select n * 0.21
$$;
create view app.notes as select note from app.orders;
create table app.apart (id integer);
`;

describe('the difference', () => {
  it('says attribute by attribute what becomes of an object and its parts, why, and by which step', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const { document, compared } = await planOf(url, DESIRED);
      const of = (address: string) => objectDifference(address, document.plan, compared);
      const table = of('table:app.orders');
      expect(table.parts.map(({ address, change }) => `${change} ${address}`)).toEqual(
        [
          'set column:app.orders.note',
          'rename column:app.orders.customer_id',
          'add column:app.orders.total',
          'set default:app.orders.state',
          'add default:app.orders.total',
        ].sort(byAddress),
      );
      const at = (address: string) => table.parts.find((part) => part.address === address);
      expect(at('column:app.orders.note')).toMatchObject({
        attributes: [{ name: 'type', before: 'text', after: 'character varying(40)' }],
        why: expect.stringMatching(/^declared otherwise at .*desired\.sql:4$/),
      });
      expect(at('column:app.orders.customer_id')).toMatchObject({ from: 'column:app.orders.client_id', attributes: [] });
      // By the old name it is the same object.
      expect(of('column:app.orders.client_id')).toEqual(of('column:app.orders.customer_id'));
      const retype = document.plan.steps.filter(({ statements }) => statements.some(({ sql }) => /alter column note type/i.test(sql)));
      expect(at('column:app.orders.note')?.steps).toEqual(retype.map(({ id }) => id));

      // A view that is in the way of its column is made again; its own text is the same.
      expect(of('view:app.notes').parts).toMatchObject([
        {
          change: 'replace',
          attributes: [{ name: 'columns' }],
          why: 'it is built on column:app.orders.note, which cannot change under it',
        },
      ]);
      expect(of('table:app.apart')).toMatchObject({ status: 'same', parts: [], steps: [] });
      expect(of('table:other.t')).toMatchObject({ status: 'unmanaged' });
      const text = objectDiffText(of('function:app.tax(numeric)'), { target: 'shop', blocked: new Set() });
      expect(text).toContain('\n    -  select n * 0.19\n    +  select n * 0.21\n');
    }));
});

const byAddress = (a: string, b: string): number => ((a.split(' ')[1] ?? '') < (b.split(' ')[1] ?? '') ? -1 : 1);

it('schemactl diff prints it, and says which object was meant', () =>
  withDatabase(async ({ url }) => {
    await query(url, LIVE);
    const folder = project({ 'app.sql': DESIRED.replace('create table app.apart (id integer);', '') });
    const run = async (...args: readonly string[]) =>
      schemactl(folder, ['diff', '--url', url, '--desired', 'app.sql', ...args], { SCHEMACTL_SCRATCH: (await testServer()).url });
    const ran = await run('app.orders.state', '--detailed-exitcode');
    expect(ran).toMatchObject({ code: 64, stderr: expect.stringContaining('is several objects') });
    const state = await run('default:app.orders.state', '--detailed-exitcode');
    expect(state.stdout).toMatch(
      new RegExp(
        [
          '^default:app\\.orders\\.state {2}desired state against \\S+',
          '',
          'default:app\\.orders\\.state is changed {2}app\\.sql:4',
          "  expression {2}'new'::text -> 'open'::text",
          '  why: declared otherwise at app\\.sql:4',
          '  by step (\\d+)',
          '',
          'step \\1 {2}.* {2}expand, transaction, .*\n',
        ].join('\n'),
      ),
    );
    expect(state.code).toBe(2);
    const gone = await run('app.apart');
    expect(gone.stdout).toContain('why: nothing in the desired state declares it, and the desired state names its schema, app\n');
    expect(gone.stdout).toMatch(/x drop-table: .*; blocked, to allow it plan with {2}--allow drop-table:app\.apart\n/);
    expect(await run('table:app.order')).toMatchObject({ code: 64, stderr: expect.stringContaining('did you mean table:app.orders?') });
    expect(await run('column:app.orders.id', '--detailed-exitcode')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('no difference between the desired state and'),
    });
    const json = JSON.parse((await run('view:app.notes', '--json')).stdout);
    expect(json).toMatchObject({ command: 'diff', status: 'different', changes: [{ change: 'replace', source: { line: 8 } }] });
  }));
