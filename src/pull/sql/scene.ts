/** SQL files as they stand, with where everything is said in them and what the kinds would write: what edits are made from. Names no kind. */
import { type Address, formatAddress, formatAttached } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { declaredNames } from '../../diff/declared-names.js';
import { type Kinds, kindFor } from '../../kinds/hashing.js';
import { childrenOf } from '../../plan/context.js';
import type { Difference } from '../difference.js';
import { elementsOf } from './elements.js';
import { likeness } from './merge.js';
import { type Statement, statementsOf } from './statements.js';
import { type Writer, writerOf } from './writer.js';

export interface SqlScene {
  readonly difference: Difference;
  readonly kinds: Kinds;
  readonly texts: ReadonlyMap<string, string>;
  readonly statements: readonly Statement[];
  /** Where an object is declared; empty: nowhere in SQL by itself. */
  homes(object: SchemaObject): readonly Statement[];
  /** Declared nowhere, in no language: it comes with its parent. */
  comesAlong(object: SchemaObject): boolean;
  readonly said: Writer;
  readonly wanted: Writer;
}

export function sqlScene(difference: Difference, texts: ReadonlyMap<string, string>, kinds: Kinds): SqlScene {
  const { desired, said, wanted } = difference;
  // A file that a body is taken from declares nothing itself.
  const declaring = new Set(desired.declarations.map(({ span }) => span.file));
  const found = [...texts].flatMap(([file, text]) =>
    /\.sql$/i.test(file) && declaring.has(file) ? statementsOf(file, text, desired.declarations) : [],
  );
  const declared = new Set(desired.declarations.flatMap(({ declares }) => declares.map(({ address }) => address)));
  const written = writerOf(said, difference, kinds);
  const statements = withUnnamed(found, [...said.values()], (object) => {
    const choosesName = kindFor(kinds, object).choosesName ?? false;
    const isUnnamed = !declared.has(object.address) && (typeof choosesName === 'boolean' ? choosesName : choosesName(object));
    return isUnnamed ? (written.statements(object, new Set())[0] ?? null) : null;
  });
  const byAddress = new Map<Address, Statement[]>();
  for (const statement of statements) {
    for (const { address } of statement.declares) {
      const known = byAddress.get(address) ?? [];
      if (!known.includes(statement)) byAddress.set(address, [...known, statement]);
    }
  }
  // ALTER FUNCTION app.f OWNER TO …: without the argument types.
  const names = (object: SchemaObject): readonly Address[] => {
    const parent = said.get(object.parent ?? '') ?? wanted.get(object.parent ?? '');
    if (object.parts.length > 0 || parent === undefined || parent.signature === '') return declaredNames(object, kinds);
    return [object.address, formatAttached(object.kind, formatAddress(parent.kind, parent.parts), object.qualifier)];
  };
  return {
    difference,
    kinds,
    texts,
    statements,
    homes: (object) => names(object).flatMap((address) => byAddress.get(address) ?? []),
    comesAlong: (object) => names(object).every((address) => !declared.has(address) && !byAddress.has(address)),
    said: written,
    wanted: writerOf(wanted, difference, kinds),
  };
}

/** CREATE INDEX ON t (…): which index that is, only what it says can tell. */
function withUnnamed(
  statements: readonly Statement[],
  objects: readonly SchemaObject[],
  textOf: (object: SchemaObject) => string | null,
): readonly Statement[] {
  const silent = statements.filter(({ declares }) => declares.length === 0);
  const candidates = silent.length === 0 ? [] : objects.flatMap((object) => ({ object, sql: textOf(object) }));
  const scored = silent.flatMap((statement) =>
    candidates.flatMap(({ object, sql }) => {
      const score = sql === null || !beginsAlike(statement, sql) ? 0 : likeness(statement.text, sql);
      return score < 0.6 ? [] : [{ statement, object, score }];
    }),
  );
  const taken = new Map<Statement, Address>();
  for (const { statement, object } of scored.sort((a, b) => b.score - a.score))
    if (!taken.has(statement) && ![...taken.values()].includes(object.address)) taken.set(statement, object.address);
  return statements.map((statement) => {
    const address = taken.get(statement);
    return address === undefined ? statement : { ...statement, declares: [{ address, offset: 0 }] };
  });
}

/** Both begin with the same word. */
function beginsAlike(statement: Statement, sql: string): boolean {
  return statement.text.slice(0, 5).toLowerCase() === sql.slice(0, 5).toLowerCase();
}

/** A constraint as it stands in a list, also where its kind writes a statement for it. */
export function fragmentOf(writer: Writer, object: SchemaObject): string {
  const fragment = writer.fragment(object, new Set());
  if (fragment !== null) return fragment;
  const [first] = writer.statements(object, new Set());
  return /^ALTER \S+ (?:ONLY )?\S+ ADD ([\s\S]*)$/.exec(first ?? '')?.[1] ?? first ?? '';
}

/** Statements beside the one that makes it: row security, a statistics target. */
export function extras(scene: SqlScene, writer: Writer, object: SchemaObject): readonly string[] {
  const [home] = scene.homes(object);
  const isLead = home !== undefined && home.declares[0]?.address === object.address && (elementsOf(home)?.elements[0]?.from ?? -1) !== 0;
  if (!isLead && kindFor(scene.kinds, object).inline !== undefined) return writer.afterwards(object);
  return writer.statements(object, new Set()).slice(1);
}

/** Everything said in the statement that is to stay, and what comes along with it. */
export function membersOf(scene: SqlScene, statement: Statement): readonly SchemaObject[] {
  const { wanted } = scene.difference;
  const found = new Map<Address, SchemaObject>();
  const visit = (object: SchemaObject): void => {
    if (found.has(object.address)) return;
    found.set(object.address, object);
    for (const child of childrenOf(wanted).get(object.address) ?? []) if (scene.comesAlong(child)) visit(child);
  };
  for (const object of wanted.values()) if (scene.homes(object).includes(statement)) visit(object);
  const rank = (object: SchemaObject): number => statement.declares.findIndex(({ address }) => address === object.address);
  const place = (object: SchemaObject): number => (rank(object) < 0 ? Number.MAX_SAFE_INTEGER : rank(object));
  return [...found.values()].sort((a, b) => place(a) - place(b) || kindFor(scene.kinds, a).rank - kindFor(scene.kinds, b).rank);
}

/** The statements that say all of that, as the kinds write them. */
export function canonicalText(scene: SqlScene, statement: Statement, more: readonly SchemaObject[] = []): string {
  const members = [...membersOf(scene, statement), ...more];
  const known = new Set(members.map(({ address }) => address));
  const inside = new Set(
    members
      .filter((object) => object.parent !== null && known.has(object.parent) && scene.wanted.fragment(object, known) !== null)
      .map(({ address }) => address),
  );
  const sql = members.flatMap((object) =>
    inside.has(object.address) ? [] : [...scene.wanted.statements(object, inside), ...afterwardsWithin(scene, object, inside)],
  );
  return [...new Set(sql)].join(';\n\n');
}

function afterwardsWithin(scene: SqlScene, object: SchemaObject, inside: ReadonlySet<Address>): readonly string[] {
  const children = (childrenOf(scene.difference.wanted).get(object.address) ?? []).filter(({ address }) => inside.has(address));
  return children.flatMap((child) => [...scene.wanted.afterwards(child), ...afterwardsWithin(scene, child, inside)]);
}
