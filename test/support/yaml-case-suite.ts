/** The cases under test/cases once more with their desired side in YAML: exported, declared again, planned as from SQL. Knows no case. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPast } from '../../src/apply/past.js';
import { DiagnosticError } from '../../src/core/diagnostic.js';
import type { PlanChange, PlanStep } from '../../src/core/plan.js';
import type { Declaration } from '../../src/desired/declaration.js';
import { loadDesired } from '../../src/desired/load.js';
import { desiredInput } from '../../src/plan/desired-input.js';
import { exportSchema } from '../../src/plan/export.js';
import { makePlan } from '../../src/plan/make.js';
import { type CaseFiles, desiredFiles, findCases, setupDeclarations } from './case-files.js';
import { caseOptions } from './case-run.js';
import { createDatabase, type TestDatabase, testServer } from './database.js';
import { psql } from './postgres-programs.js';
import { root } from './source.js';
import { type Unset, withHints } from './yaml-hints.js';

type Side = 'before' | 'after';

/** A plan as far as the desired state's language can have a say in it. */
interface Planned {
  readonly changes: readonly PlanChange[];
  readonly steps: readonly Omit<PlanStep, 'source'>[];
  readonly refusals: readonly string[];
}

/** @param perKind how many cases of each kind are taken, and only the way from before to after; null: all of them, both ways. */
export function yamlCaseSuite(name: string, major: number, perKind: number | null): void {
  const all = findCases([join(root, 'test/cases')], null).filter((item) => (item.minMajor ?? 0) <= major);
  const cases = perKind === null ? all : all.filter((item) => placeInKind(all, item) < perKind);
  const ways: readonly (readonly [Side, Side])[] =
    perKind === null
      ? [
          ['before', 'after'],
          ['after', 'before'],
        ]
      : [['before', 'after']];
  const work = mkdtempSync(join(tmpdir(), 'schemactl-yaml-cases-'));
  const ran = new Map<string, number>();
  const inSql = new Map<string, number>();
  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
    const kinds = [...ran].map(([kind, count]) => `${kind} ${count}`).join(', ');
    const total = [...ran.values()].reduce((sum, count) => sum + count, 0);
    console.log(`${name}: ${total} ways of ${cases.length} of ${all.length} cases ran from YAML: ${kinds}`);
    console.log(`${name}: SQL files beside the YAML: ${[...inSql].map(([file, count]) => `${file} ${count}`).join(', ') || 'none'}`);
  });

  describe.concurrent(name, { timeout: 120_000 }, () => {
    for (const [place, item] of cases.entries()) {
      for (const [from, to] of ways) {
        it(`${item.name}: ${from} -> ${to}`, async () => {
          const folder = join(work, `${place}-${to}`);
          const layout = place % 2 === 0 ? 'object' : 'schema';
          const { fromSql, fromYaml, sqlFiles } = await planBoth(item, { from, to, folder, major, layout });
          const kind = kindOf(item);
          ran.set(kind, (ran.get(kind) ?? 0) + 1);
          for (const file of sqlFiles) inSql.set(file, (inSql.get(file) ?? 0) + 1);
          expect(fromYaml).toEqual(fromSql);
        });
      }
    }
  });
}

const kindOf = (item: CaseFiles): string => item.name.split('/')[0] ?? '';

function placeInKind(all: readonly CaseFiles[], item: CaseFiles): number {
  return all.filter((other) => kindOf(other) === kindOf(item)).indexOf(item);
}

interface Way {
  readonly from: Side;
  readonly to: Side;
  readonly folder: string;
  readonly major: number;
  readonly layout: 'object' | 'schema';
}

async function planBoth(item: CaseFiles, { from, to, folder, major, layout }: Way) {
  const databases: TestDatabase[] = [];
  const database = async (script: string): Promise<TestDatabase> => {
    const made = await createDatabase({ major });
    databases.push(made);
    if (item.setup !== null) await setUp(made.url, item.setup);
    await psql(made.url, script);
    return made;
  };
  try {
    const [live, wanted] = [await database(item[from]), await database(item[to])];
    const server = (await testServer(major)).url;
    const setup = item.setup === null ? null : setupDeclarations(item.setup);
    const sql = desiredFiles(join(folder, 'sql'), to, item[to], setup);
    const exported = await exportSchema({
      target: { config: { connectionString: wanted.url }, label: wanted.url },
      format: 'yaml',
      layout,
      manage: ['*'],
      ignore: [],
      scratch: { kind: 'url', connection: { config: { connectionString: server }, label: server } },
    });
    const { hints, declarations } = await loadDesired(desiredInput(sql, null));
    const unset = unsetBy(declarations);
    const owned = declarations.flatMap(({ declares }) => declares.flatMap(({ address }) => /^owner:(.*)$/.exec(address)?.[1] ?? []));
    const isYaml = ({ path }: { readonly path: string }): boolean => path.endsWith('.yaml');
    // Where YAML has a default of its own (whether a subscription is enabled), leaving it out would say something.
    const silent = unset.map(({ address, names }) => ({ address, names: names.filter((each) => each !== 'enabled') }));
    const yaml = await withHints(
      exported.files.filter(isYaml),
      hints,
      silent.filter(({ names }) => names.length > 0),
      { of: owned, exporter: 'postgres' },
    );
    const sqlFiles = exported.files.filter((file) => !isYaml(file));
    for (const { path, text } of [...yaml, ...sqlFiles]) {
      mkdirSync(dirname(join(folder, 'yaml', path)), { recursive: true });
      writeFileSync(join(folder, 'yaml', path), text);
    }
    const plan = (desired: readonly string[]): Promise<Planned> => planned(live.url, server, desired);
    const inYaml = await loadDesired(desiredInput([join(folder, 'yaml')], null));
    const open = [...unset, ...unsetBy(inYaml.declarations)];
    const fromYaml = without(await plan([join(folder, 'yaml')]), open);
    return { fromSql: without(await plan(sql), open), fromYaml, sqlFiles: sqlFiles.map(({ path }) => path) };
  } finally {
    for (const made of databases) await made.drop();
  }
}

/** What declarations leave to the server, and no other gives. */
function unsetBy(declarations: readonly Declaration[]): readonly Unset[] {
  const all = declarations.flatMap(({ declares }) => declares);
  const given = new Set(all.flatMap(({ address, given: names = [] }) => names.map((name) => `${address} ${name}`)));
  return all.flatMap(({ address, unset = [] }) => {
    const names = unset.filter((name) => !given.has(`${address} ${name}`));
    return names.length === 0 ? [] : [{ address, names }];
  });
}

/** What one of the two languages leaves to the server is in no plan of it; the other may have to say it. */
function without(plan: Planned, unset: readonly Unset[]): Planned {
  const left = new Map<string, Set<string>>();
  for (const { address, names } of unset) left.set(address, new Set([...(left.get(address) ?? []), ...names]));
  const changes = plan.changes.map((change) => {
    const names = left.get(change.address);
    if (names === undefined || change.after === undefined) return change;
    return { ...change, after: Object.fromEntries(Object.entries(change.after).filter(([name]) => !names.has(name))) };
  });
  return { ...plan, changes };
}

let setups: Promise<unknown> = Promise.resolve();

/** One at a time: roles belong to the whole server. */
async function setUp(url: string, script: string): Promise<void> {
  const mine = setups.then(() => psql(url, script));
  setups = mine.catch(() => undefined);
  await mine;
}

/** With names compared: an export leaves out a name that PostgreSQL would choose, where a file may give it. */
async function planned(url: string, scratchUrl: string, desired: readonly string[]): Promise<Planned> {
  const way = { url, scratchUrl, desired, expected: null, databases: { newDatabase: () => createDatabase() }, strictNames: true };
  try {
    const { document } = await makePlan(caseOptions(way), readPast);
    const { changes, steps } = document.plan;
    return {
      changes: changes.map(({ source: _source, ...change }) => change),
      steps: steps.map(({ source: _source, ...step }) => step),
      refusals: [],
    };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { changes: [], steps: [], refusals: error.diagnostics.map(({ code, summary }) => `${code} ${summary}`) };
  }
}
