/**
 * Every kind, proven by cases: made and dropped, every attribute changed alone, renamed, commented on, given to another owner, granted. Each
 * case is gone both ways on every major by test/matrix; here is held that there is one for each of these, or a reason why none can be.
 */
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { pinSession } from '../../src/catalog/session.js';
import { kindOf } from '../../src/core/address.js';
import type { Change } from '../../src/core/change.js';
import { loadDesired } from '../../src/desired/load.js';
import { kinds } from '../../src/kinds/registry.js';
import { desiredInput } from '../../src/plan/desired-input.js';
import { changesOfCase, GROUND, isOnGround } from '../support/case-changes.js';
import { NEVER_ALONE, OWNED, WITHOUT_CASE, WITHOUT_COMMENT, WITHOUT_RENAME } from '../support/case-coverage-reasons.js';
import { type CaseFiles, findCases } from '../support/case-files.js';
import { createDatabase } from '../support/database.js';
import { root } from '../support/source.js';

/** "column.storage alone", "table renamed" … */
type Item = string;

/** What cases are to show of the kinds of a database; those of the whole server are in cluster.test.ts. */
function itemsOf(): readonly Item[] {
  return kinds
    .filter((kind) => kind.clusterWide !== true && !(kind.name in WITHOUT_CASE))
    .flatMap((kind) => {
      const compared = Object.keys(kind.attributes).filter((name) => kind.attributes[name] !== 'unhashed');
      return [
        `${kind.name} made`,
        ...compared.map((name) => `${kind.name}.${name} alone`),
        ...(kind.rename === undefined ? [] : [`${kind.name} renamed`]),
        ...(kind.name in WITHOUT_COMMENT ? [] : [`${kind.name} commented on`]),
        ...(OWNED.has(kind.name) ? [`${kind.name} given away`] : []),
        ...(kind.grantReference === undefined ? [] : [`${kind.name} granted`]),
      ];
    });
}

const WORDS: Readonly<Record<string, string>> = { comment: 'commented on', owner: 'given away', privilege: 'granted' };

function shownBy(changes: readonly Change[]): readonly Item[] {
  return changes.flatMap((change): readonly Item[] => {
    const { kind, parent } =
      change.type === 'drop' || change.type === 'set' ? change.before : change.type === 'add' ? change.after : { kind: '', parent: null };
    const word = WORDS[kind];
    const on = word === undefined || parent === null ? [] : [`${kindOf(parent)} ${word}`];
    if (change.type !== 'set') return [`${kind} made`, ...on];
    return change.attributes.length === 1 ? [`${kind}.${change.attributes[0]} alone`, ...on] : on;
  });
}

/** By its folder. */
function isAbout({ name }: CaseFiles, item: Item): boolean {
  const [folder = ''] = name.split('/');
  const word = WORDS[folder];
  return word === undefined ? item.startsWith(`${folder} `) || item.startsWith(`${folder}.`) : item.endsWith(` ${word}`);
}

async function withEmptyAndGround(major: number, work: (empty: pg.Client, ground: pg.Client) => Promise<void>): Promise<void> {
  const databases = [await createDatabase({ major }), await createDatabase({ major })] as const;
  const [empty, ground] = databases.map(({ url }) => new pg.Client({ connectionString: url })) as [pg.Client, pg.Client];
  try {
    for (const client of [empty, ground]) {
      await client.connect();
      await pinSession(client);
    }
    await ground.query(GROUND);
    await makeTablespace(empty);
    await work(empty, ground);
  } finally {
    for (const client of [empty, ground]) await client.end();
    for (const database of databases) await database.drop();
  }
}

/** What setups of cases make where it is not there yet, which no transaction can. */
async function makeTablespace(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`select from pg_catalog.pg_tablespace where spcname = 'case_space'`);
  if (rows.length > 0) return;
  await client.query('set allow_in_place_tablespaces = on');
  await client.query(`create tablespace case_space location ''`);
}

async function renamedBy(item: CaseFiles): Promise<readonly Item[]> {
  if (!/renamed_from/.test(item.after)) return [];
  const { hints } = await loadDesired(desiredInput([join(root, 'test/cases', item.name, 'after.sql')], []));
  return hints.filter(({ name }) => name === 'renamed_from').map(({ address }) => `${kindOf(address)} renamed`);
}

it('every kind has a case for everything that can become of it', { timeout: 900_000 }, async () => {
  const wanted = itemsOf();
  const excused = new Set([
    ...Object.keys(NEVER_ALONE).map((name) => `${name} alone`),
    ...Object.keys(WITHOUT_RENAME).map((name) => `${name} renamed`),
  ]);
  const found = new Set<Item>();
  const cases = findCases([join(root, 'test/cases')], null);
  for (const item of cases) for (const shown of await renamedBy(item)) found.add(shown);
  const left = (): readonly Item[] => wanted.filter((item) => !found.has(item) && !excused.has(item));

  let looked = 0;
  // Those that no server of the quick suite takes, on the newest one.
  for (const major of [15, 18]) {
    const here = cases.filter(({ minMajor }) => (minMajor ?? 0) > 15 === major > 15);
    await withEmptyAndGround(major, async (empty, ground) => {
      const look = async (item: CaseFiles): Promise<void> => {
        looked += 1;
        for (const shown of shownBy(await changesOfCase(isOnGround(item) ? ground : empty, major, item))) found.add(shown);
      };
      // First those whose folder says that they are about something that is still to be shown, then whatever else might show it.
      const later: CaseFiles[] = [];
      for (const item of here) {
        if (left().some((each) => isAbout(item, each))) await look(item);
        else later.push(item);
      }
      for (const item of later) if (left().length > 0) await look(item);
    });
  }
  console.log(
    `${wanted.length} things that can become of ${kinds.length} kinds: ${wanted.filter((item) => found.has(item)).length} shown by cases ` +
      `(${looked} of ${cases.length} looked at), ${[...excused].filter((item) => !found.has(item)).length} cannot be, for reasons that are given`,
  );
  expect(left()).toEqual([]);
  expect(
    [...excused].filter((item) => !wanted.includes(item)),
    'reasons for what there is not',
  ).toEqual([]);
  expect(
    [...excused].filter((item) => found.has(item)),
    'reasons that do not hold',
  ).toEqual([]);
});
