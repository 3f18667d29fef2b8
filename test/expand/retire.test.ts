/** Tables that are dropped are kept, with their rows, for as long as the configuration says: until then they can be taken back. */
import { expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { schemaDump } from '../support/judge.js';
import { applyTo, planOf, statementsOf } from '../support/made-plan.js';

vi.setConfig({ testTimeout: 60_000 });

const DAY_MS = 86_400_000;
const NOW = new Date('2026-03-01T12:00:00Z');
const keep = { adopt: true, retire_ms: 30 * DAY_MS, now: NOW, not_after: new Date('2100-01-01T00:00:00Z') } as const;
const KEPT = 'schemactl_retired_20260301_app';

const STAYS = 'create schema app; create table app.stays (id integer primary key);';
const GOES = `create type app.level as enum ('low', 'high');
  create function app.touched() returns trigger language plpgsql as $$ begin return new; end $$;
  create table app.goes (id serial primary key, stays_id integer references app.stays, note text not null default 'none');
  create index goes_note on app.goes (note);
  create trigger touched before update on app.goes for each row execute function app.touched();
  create table app.refers (id integer references app.goes);
  create view app.seen as select id from app.goes;`;
const TYPED = 'create table app.typed (id integer, level app.level);';
const ROWS = `insert into app.stays values (1); insert into app.goes (stays_id, note) values (1, 'a'), (1, 'b');`;

it('a table goes out of the way with its rows, what holds others is dropped, and abort takes it back', () =>
  withDatabase(async ({ url }) => {
    await query(url, `${STAYS} ${GOES} ${ROWS}`);
    const { document, blocked } = await planOf(url, STAYS, {
      ...keep,
      allow: [
        { hazard: 'drop-enum', address: null },
        { hazard: 'drop-type', address: null },
      ],
    });
    expect(blocked).toEqual([]);
    const hazards = document.plan.steps.flatMap((step) =>
      step.hazards.map(({ code, address, destructive }) => ({ code, address, destructive })),
    );
    expect(hazards.filter(({ code }) => code === 'retire-table')).toEqual([
      { code: 'retire-table', address: 'table:app.goes', destructive: false },
      { code: 'retire-table', address: 'table:app.refers', destructive: false },
    ]);
    expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
    expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    expect((await planOf(url, STAYS, keep)).isEmpty).toBe(true);
    expect((await planOf(url, STAYS, { ...keep, manage: ['*'] })).isEmpty).toBe(true);
    expect(await query(url, `select note from "${KEPT}".goes order by id`)).toEqual([{ note: 'a' }, { note: 'b' }]);
    // Nothing of it holds on to what stays.
    await query(url, 'delete from app.stays');
    await query(url, `alter table "${KEPT}".goes set schema app`);
    expect(await query(url, `insert into app.goes (note) values ('c') returning id`)).toEqual([{ id: 3 }]);
  }));

it('a table whose column loses its type for good is dropped as ever, and blocked as ever', () =>
  withDatabase(async ({ url }) => {
    await query(url, `${STAYS} ${GOES} ${TYPED}`);
    const { blocked } = await planOf(url, STAYS, keep);
    expect(blocked.map(({ hazard }) => hazard.address)).toContain('table:app.typed');
    const { document } = await planOf(url, `${STAYS} create type app.level as enum ('low', 'high');`, keep);
    expect(statementsOf(document)).toContain(`ALTER TABLE app.typed SET SCHEMA ${KEPT}`);
  }));

it('what is dropped alone is no partition and no child of what stays any more', () =>
  withDatabase(async ({ url }) => {
    const stays = `${STAYS} create table app.parts (id integer) partition by range (id); create table app.base (id integer);`;
    const goes = `create table app.low partition of app.parts for values from (0) to (10); create table app.heir () inherits (app.base);`;
    await query(url, `${stays} ${goes} insert into app.low values (1); insert into app.heir values (1)`);
    const { document } = await planOf(url, stays, keep);
    expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    const rows = `select (select count(*) from app.parts)::int as parts, (select count(*) from app.base)::int as base,
      (select count(*) from "${KEPT}".low)::int as low, (select count(*) from "${KEPT}".heir)::int as heir`;
    expect(await query(url, rows)).toEqual([{ parts: 0, base: 0, low: 1, heir: 1 }]);
    expect((await planOf(url, stays, keep)).isEmpty).toBe(true);
  }));

it('partitions go with what they are partitions of', () =>
  withDatabase(async ({ url }) => {
    const before = `create table app.parts (id integer) partition by range (id);
      create table app.low partition of app.parts for values from (0) to (10);`;
    await query(url, `${STAYS} ${before} insert into app.parts values (1), (2)`);
    const { document } = await planOf(url, STAYS, keep);
    expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    expect(await query(url, `select tableoid::regclass::text as place, id from "${KEPT}".parts order by id`)).toEqual([
      { place: `${KEPT}.low`, id: 1 },
      { place: `${KEPT}.low`, id: 2 },
    ]);
  }));

it('until the date nothing touches it; then plans say so, and --purge drops it, which is destructive', () =>
  withDatabase(async ({ url }) => {
    await query(url, `${STAYS} create table app.goes (id integer); insert into app.goes values (1)`);
    expect(await applyTo(url, (await planOf(url, STAYS, keep)).document)).toMatchObject({ exitCode: 0 });
    const early = await planOf(url, STAYS, { ...keep, purge: true, now: new Date(NOW.getTime() + 29 * DAY_MS) });
    expect(early.isEmpty).toBe(true);
    const late = { ...keep, now: new Date(NOW.getTime() + 31 * DAY_MS) };
    const told = await planOf(url, STAYS, late);
    expect(told.isEmpty).toBe(true);
    expect(told.diagnostics.filter(({ code }) => code === 'SC2407')).toHaveLength(1);
    const purging = await planOf(url, STAYS, { ...late, purge: true });
    expect(purging.blocked.map(({ hazard }) => `${hazard.code} ${hazard.address}`).sort()).toEqual([
      `drop-schema schema:${KEPT}`,
      `drop-table table:${KEPT}.goes`,
    ]);
    const allowed = await planOf(url, STAYS, { ...late, purge: true, allow: [{ hazard: '*', address: null }] });
    expect(await applyTo(url, allowed.document)).toMatchObject({ exitCode: 0 });
    expect(await query(url, `select count(*)::int as n from pg_namespace where nspname like 'schemactl_retired%'`)).toEqual([{ n: 0 }]);
  }));

it('with --purge what is dropped now is kept all the same', () =>
  withDatabase(async ({ url }) => {
    await query(url, `${STAYS} create table app.goes (id integer)`);
    expect(await applyTo(url, (await planOf(url, STAYS, keep)).document)).toMatchObject({ exitCode: 0 });
    await query(url, 'create table app.goes (id integer); insert into app.goes values (7)');
    const late = {
      ...keep,
      now: new Date(NOW.getTime() + 31 * DAY_MS),
      purge: true,
      manage: ['*'],
      allow: [{ hazard: '*', address: null }],
    };
    const { document } = await planOf(url, STAYS, late);
    expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    expect(await query(url, 'select id from schemactl_retired_20260401_app.goes')).toEqual([{ id: 7 }]);
    expect(await query(url, `select nspname as name from pg_namespace where nspname like 'schemactl_%'`)).toEqual([
      { name: 'schemactl_retired_20260401_app' },
    ]);
  }));

it('what was dropped on the same day gets a place of its own, and the last step that can be aborted leaves nothing', () =>
  withDatabase(async ({ url }) => {
    const again = `${STAYS} create table app.goes (id integer);`;
    await query(url, again);
    expect(await applyTo(url, (await planOf(url, STAYS, keep)).document)).toMatchObject({ exitCode: 0 });
    const start = await schemaDump(url);
    await query(url, 'create table app.goes (id integer)');
    const { document } = await planOf(url, STAYS, keep);
    expect(statementsOf(document)).toContain(`ALTER TABLE app.goes SET SCHEMA ${KEPT}_2`);
    const undo = document.plan.steps.flatMap((step) => ('sql' in step.undo ? step.undo.sql : []));
    expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    await query(url, undo.join(';\n'));
    await query(url, 'drop table app.goes');
    expect(await schemaDump(url)).toBe(start);
  }));
