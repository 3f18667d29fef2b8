/** Changes -> edits of SQL files: for each change the statement that it belongs to, or new statements. Names no kind. */
import type { Address } from '../../core/address.js';
import type { Change } from '../../core/change.js';
import type { SchemaObject } from '../../core/object.js';
import { kindFor } from '../../kinds/hashing.js';
import type { Edit } from '../edit.js';
import { elementsOf } from './elements.js';
import { likeness, mergeSql } from './merge.js';
import { insertedBehind, type Place, placeOf, topOf } from './placement.js';
import { statementRemoval } from './removals.js';
import { extras, membersOf, type SqlScene } from './scene.js';
import { APPEND, type Level, MERGE, REWRITE, statementEdits } from './statement-edits.js';
import type { Statement } from './statements.js';
import { styled, styleOf } from './style.js';
import { alterations } from './writer.js';

/** An edit with the changes that it is for. */
export interface FileEdit extends Edit {
  readonly file: string;
  readonly addresses: readonly Address[];
}

export interface SqlEdits {
  readonly edits: readonly FileEdit[];
  /** Texts of files that are not there yet. */
  readonly created: ReadonlyMap<string, string>;
}

interface Work {
  readonly changes: Change[];
  readonly inside: SchemaObject[];
  level: Level;
}

export function sqlEdits(scene: SqlScene, changes: readonly Change[], levelOf: (address: Address) => Level, folder: string): SqlEdits {
  const work = new Map<Statement, Work>();
  const at = (statement: Statement, level: Level): Work => {
    const known = work.get(statement) ?? { changes: [], inside: [], level };
    known.level = Math.max(known.level, level);
    work.set(statement, known);
    return known;
  };
  const loose: Loose[] = [];
  const added = changes.flatMap((change) => (change.type === 'add' ? [change.after] : []));
  const inside = insideStatements(scene, added, levelOf);
  for (const [object, statement] of inside) at(statement, levelOf(object.address)).inside.push(object);
  for (const change of changes) {
    if (change.type === 'rename') continue;
    if (change.type === 'add') {
      const home = inside.get(change.after);
      if (home !== undefined) loose.push(...scene.wanted.afterwards(change.after).map((sql) => ({ object: change.after, sql })));
      continue;
    }
    let level = levelOf(change.address);
    if (change.type === 'set' && level === APPEND) {
      const { said, wanted } = scene.difference;
      const sql = alterations(change, said, wanted, scene.difference, scene.kinds);
      if (sql !== null) {
        loose.push(...sql.map((one) => ({ object: change.after, sql: one })));
        continue;
      }
      level = REWRITE;
    }
    const object = change.type === 'set' ? change.after : change.before;
    for (const statement of homesOrParents(scene, object)) at(statement, level).changes.push(change);
  }
  const edits: FileEdit[] = [];
  for (const [statement, { changes: own, inside: objects, level }] of work) {
    const addresses = [...own.map(({ address }) => address), ...objects.map(({ address }) => address)];
    edits.push(...statementEdits(scene, statement, own, objects, level).map((edit) => ({ ...edit, file: statement.file, addresses })));
  }
  // What is written anew says all that lives in it.
  const rewritten = new Set(
    [...work].flatMap(([statement, { level }]) => (level < REWRITE ? [] : membersOf(scene, statement).map(({ address }) => address))),
  );
  edits.push(...orphans(scene, changes, work), ...besideEdits(scene, changes, levelOf, loose));
  return placed(
    scene,
    [
      ...loose,
      ...newObjects(
        scene,
        added.filter((object) => !inside.has(object) && !rewritten.has(object.address)),
      ),
    ],
    edits,
    folder,
  );
}

/** A statement about an object, still without a place. */
interface Loose {
  readonly object: SchemaObject;
  readonly sql: string;
}

function homesOrParents(scene: SqlScene, object: SchemaObject): readonly Statement[] {
  const { said, wanted } = scene.difference;
  for (let at: SchemaObject | undefined = object; at !== undefined; at = said.get(at.parent ?? '') ?? wanted.get(at.parent ?? '')) {
    const homes = scene.homes(at);
    if (homes.length > 0) return at === object ? homes : homes.slice(0, 1);
  }
  return [];
}

/** New objects that go into a list that is there: a column, and a constraint where the table's others are in the list too. */
function insideStatements(
  scene: SqlScene,
  added: readonly SchemaObject[],
  levelOf: (address: Address) => Level,
): Map<SchemaObject, Statement> {
  const { said, wanted } = scene.difference;
  const found = new Map<SchemaObject, Statement>();
  for (const object of [...added].sort(
    (a, b) => kindFor(scene.kinds, a).rank - kindFor(scene.kinds, b).rank || positionOf(a) - positionOf(b),
  )) {
    if (levelOf(object.address) > MERGE || scene.wanted.fragment(object, new Set()) === null) continue;
    const carrier = [...found].find(([other]) => other.address === object.parent);
    const parent = wanted.get(object.parent ?? '');
    const home = carrier?.[1] ?? (parent === undefined || !said.has(parent.address) ? undefined : scene.homes(parent)[0]);
    const list = home === undefined ? null : elementsOf(home);
    if (home === undefined || list === null || list.from === 0) continue;
    const alike = [...said.values()].filter((other) => other.parent === object.parent && other.kind === object.kind);
    const elsewhere = alike.some((other) => scene.homes(other).length > 0 && !scene.homes(other).includes(home));
    if (!elsewhere) found.set(object, home);
  }
  return found;
}

function positionOf(object: SchemaObject): number {
  return typeof object.attributes.position === 'number' ? object.attributes.position : 0;
}

/** Statements that say something about what is gone and declare nothing themselves. */
function orphans(scene: SqlScene, changes: readonly Change[], work: ReadonlyMap<Statement, unknown>): readonly FileEdit[] {
  const { wanted } = scene.difference;
  const gone = changes.flatMap((change) => (change.type === 'drop' && change.before.parts.length > 1 ? [change.before] : []));
  const still = new Set([...wanted.values()].map(({ parts }) => parts.slice(0, 2).join('.')));
  return scene.statements.flatMap((statement) => {
    if (statement.declares.length > 0 || work.has(statement)) return [];
    const of = gone.find(
      ({ parts }) =>
        !still.has(parts.slice(0, 2).join('.')) &&
        statement.alters.some(({ name, schemas }) => name === parts[1] && schemas.includes(parts[0] ?? '')),
    );
    const text = scene.texts.get(statement.file) ?? '';
    return of === undefined ? [] : [{ ...statementRemoval(text, statement), file: statement.file, addresses: [of.address] }];
  });
}

/** What a kind says with statements beside the one that makes the object (ENABLE ROW LEVEL SECURITY): theirs change, go or come. */
function besideEdits(
  scene: SqlScene,
  changes: readonly Change[],
  levelOf: (address: Address) => Level,
  loose: Loose[],
): readonly FileEdit[] {
  const edits: FileEdit[] = [];
  for (const change of changes) {
    if (change.type !== 'set' || levelOf(change.address) !== MERGE) continue;
    const [before, after] = [extras(scene, scene.said, change.before), extras(scene, scene.wanted, change.after)];
    const coming = after.filter((sql) => !before.includes(sql));
    for (const gone of before.filter((sql) => !after.includes(sql))) {
      const statement = mostLike(scene, gone);
      if (statement === null) continue;
      const text = scene.texts.get(statement.file) ?? '';
      const next = coming.findIndex((sql) => likeness(gone, sql) > 0.6);
      const own = { file: statement.file, addresses: [change.address] };
      const style = styleOf(text);
      if (next < 0) edits.push({ ...own, ...statementRemoval(text, statement) });
      else
        edits.push({
          ...own,
          from: statement.from,
          to: statement.to,
          text: mergeSql(statement.text, styled(gone, style), styled(coming.splice(next, 1)[0] ?? '', style)),
        });
    }
    loose.push(...coming.map((sql) => ({ object: change.after, sql })));
  }
  return edits;
}

function mostLike(scene: SqlScene, sql: string): Statement | null {
  const scored = scene.statements
    .filter(({ declares }) => declares.length === 0)
    .map((statement) => ({ statement, score: likeness(statement.text, sql) }))
    .sort((a, b) => b.score - a.score);
  return (scored[0]?.score ?? 0) >= 0.6 ? (scored[0]?.statement ?? null) : null;
}

/** Statements for what is new, each object's with those of what lives in it. */
function newObjects(scene: SqlScene, added: readonly SchemaObject[]): readonly Loose[] {
  const known = new Set(added.map(({ address }) => address));
  const inside = new Set(
    added
      .filter((object) => object.parent !== null && known.has(object.parent) && scene.wanted.fragment(object, known) !== null)
      .map(({ address }) => address),
  );
  const ordered = [...added].sort(
    (a, b) => kindFor(scene.kinds, a).rank - kindFor(scene.kinds, b).rank || (a.address < b.address ? -1 : a.address > b.address ? 1 : 0),
  );
  const carried = (object: SchemaObject): readonly string[] =>
    ordered
      .filter((child) => inside.has(child.address) && child.parent === object.address)
      .flatMap((child) => [...scene.wanted.afterwards(child), ...carried(child)]);
  return ordered.flatMap((object) =>
    inside.has(object.address) ? [] : [...scene.wanted.statements(object, inside), ...carried(object)].map((sql) => ({ object, sql })),
  );
}

function placed(scene: SqlScene, loose: readonly Loose[], edits: readonly FileEdit[], folder: string): SqlEdits {
  const { wanted, said } = scene.difference;
  const groups = new Map<string, { readonly place: Place; readonly sql: string[]; readonly addresses: Set<Address> }>();
  for (const { object, sql } of loose) {
    const top = topOf(wanted, object);
    const place = placeOf(scene, said.has(top.address) ? object : top, folder);
    const id = 'file' in place ? place.file : `${place.behind.file} ${place.behind.from}`;
    const group = groups.get(id) ?? { place, sql: [], addresses: new Set<Address>() };
    groups.set(id, group);
    if (!group.sql.includes(sql)) group.sql.push(sql);
    group.addresses.add(object.address);
  }
  const created = new Map<string, string>();
  const more: FileEdit[] = [];
  for (const { place, sql, addresses } of groups.values()) {
    if ('behind' in place) {
      const edit = insertedBehind(scene.texts.get(place.behind.file) ?? '', place.behind, sql);
      more.push({ ...edit, file: place.behind.file, addresses: [...addresses] });
    } else {
      const known = scene.texts.get(place.file);
      const style = styleOf(known ?? [...scene.texts].find(([path]) => path.endsWith('.sql'))?.[1] ?? '');
      const text = sql.map((one) => `${styled(one.trim(), style)};\n`).join('\n');
      if (known === undefined) created.set(place.file, text);
      else more.push({ from: known.length, to: known.length, text: `\n${text}`, file: place.file, addresses: [...addresses] });
    }
  }
  return { edits: [...edits, ...more], created };
}
