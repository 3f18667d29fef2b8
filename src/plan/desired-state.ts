/** Desired files -> objects, as PostgreSQL itself understands them in a scratch database. Knows no kind. */

import { readCatalog, readDatabase } from '../catalog/read.js';
import { pinSession } from '../catalog/session.js';
import { type Address, formatAddress, formatAttached, kindOf } from '../core/address.js';
import { type Diagnostic, DiagnosticError, type Span } from '../core/diagnostic.js';
import type { SchemaObject, State } from '../core/object.js';
import type { RowSet } from '../core/row-set.js';
import type { Declaration, Desired, Hint } from '../desired/declaration.js';
import { declaredIn, declaredNames } from '../diff/declared-names.js';
import { orderDeclarations } from '../graph/declarations.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import type { Kind } from '../kinds/kind.js';
import { danglingRows } from '../kinds/table-rows.js';
import { kindsWithRows } from '../kinds/with-rows.js';
import type { Scratch } from '../scratch/open.js';
import { runDeclarations } from '../scratch/run.js';
import { withCircles } from './circles.js';
import { declaredOnMembers } from './declared-on-members.js';
import { misplacedHints } from './hint-places.js';
import { insertRows, liveRowSets, refersToNothing, rowSetsOf, wholeTables } from './row-sets.js';
import { seedSurroundings, withReasons } from './surroundings.js';

export interface DesiredState {
  readonly state: State;
  /** What a new database holds before anything is declared. */
  readonly initial: State;
  readonly declared: ReadonlySet<Address>;
  /** Declared with a name of their own. */
  readonly named: ReadonlySet<Address>;
  readonly unset: ReadonlyMap<Address, readonly string[]>;
  readonly spans: ReadonlyMap<Address, Span>;
  readonly hints: readonly Hint[];
  /** Which rows are declared, for whoever reads them from the live database. */
  readonly rows: readonly RowSet[];
  readonly diagnostics: readonly Diagnostic[];
}

/** @throws DiagnosticError with every error that the files hold */
export async function desiredState(
  desired: Desired,
  scratch: Scratch,
  options: {
    readonly major: number;
    readonly kindList: readonly Kind[];
    readonly kinds: Kinds;
    readonly around?: State;
    /** False: declared rows are tried, and are no part of the state. */
    readonly rows?: boolean;
  },
): Promise<DesiredState> {
  const { order, diagnostics } = orderDeclarations(desired.declarations);
  const database = await scratch.newDatabase();
  try {
    const { client } = database;
    const reading = { major: options.major, kinds: options.kindList };
    const initial = await readCatalog(client, reading);
    const around = options.around ?? new Map<Address, SchemaObject>();
    const reasons = around.size === 0 ? new Map<Address, string>() : await seedSurroundings({ ...options, client }, around, initial);
    const definitions = order.filter(({ rows }) => rows === undefined);
    const refused = withReasons(await runDeclarations(client, actingLast(definitions, options.kinds)), reasons);
    const failures = refused.length > 0 ? refused : await insertRows(client, order);
    // A circle is only worth a word when it kept something from being created.
    const errors = [...desired.diagnostics.filter(isError), ...failures];
    if (errors.length > 0) throw new DiagnosticError(withCircles(errors, diagnostics));
    // Declarations ran under their own search_path; what is read must be qualified.
    await pinSession(client);
    const sets = options.rows === false ? [] : wholeTables(rowSetsOf(desired));
    const { state: read, members } = await readDatabase(client, { ...reading, kinds: kindsWithRows(options.kindList, sets) });
    const isOthers = (address: Address): boolean => around.has(address) && !initial.has(address);
    const state = new Map([...read].filter(([address]) => !isOthers(address)));
    const misplaced = misplacedHints(desired.hints, state);
    if (misplaced.length > 0) throw new DiagnosticError(misplaced);
    const facts = factsOf(desired.declarations, state, options.kinds);
    const dangling = danglingRows(
      state,
      rowSetsOf(desired).filter(({ only }) => only === null),
    );
    if (dangling.length > 0) throw new DiagnosticError(dangling.map((each) => refersToNothing(each, facts.spans.get(each.row))));
    const wanted = withoutUnset(state, facts.unset);
    const strangers = declaredOnMembers(desired.declarations, members(), options.kinds);
    return {
      state: wanted,
      initial,
      ...facts,
      hints: desired.hints,
      rows: liveRowSets(desired, wanted),
      diagnostics: [...desired.diagnostics, ...strangers],
    };
  } finally {
    await database.drop();
  }
}

/** Once they are there, some act on whatever is declared after them (an event trigger that is enabled for replicas too). */
function actingLast(order: readonly Declaration[], kinds: Kinds): readonly Declaration[] {
  const acts = (address: Address): boolean => kinds.get(kindOf(address))?.seeding?.quiet !== undefined;
  const acting = order.filter((declaration) => declaration.declares.some((object) => acts(object.address)));
  const names = new Set(acting.flatMap((declaration) => declaration.provides.map((ref) => `${ref.space} ${ref.name}`)));
  const isLast = (declaration: Declaration): boolean =>
    acting.includes(declaration) ||
    (declaration.alters.length > 0 && declaration.alters.every((ref) => names.has(`${ref.space} ${ref.name}`)));
  return acting.length === 0 ? order : [...order.filter((each) => !isLast(each)), ...order.filter(isLast)];
}

/** What a declaration leaves to the server is what this server chose: it must not reach another. */
function withoutUnset(state: State, unset: ReadonlyMap<Address, readonly string[]>): State {
  const result = new Map(state);
  for (const [address, names] of unset) {
    const object = result.get(address);
    if (object === undefined) continue;
    const attributes = Object.fromEntries(Object.entries(object.attributes).filter(([name]) => !names.includes(name)));
    result.set(address, { ...object, attributes });
  }
  return result;
}

function factsOf(
  declarations: readonly Declaration[],
  state: State,
  kinds: Kinds,
): Pick<DesiredState, 'declared' | 'named' | 'unset' | 'spans'> {
  const declared = new Set<Address>();
  const named = new Set<Address>();
  const unset = new Map<Address, readonly string[]>();
  const given = new Set<string>();
  const spans = new Map<Address, Span>();
  for (const declaration of declarations) {
    for (const object of declaration.declares) {
      declared.add(object.address);
      if (object.named) named.add(object.address);
      if (object.unset && object.unset.length > 0) unset.set(object.address, object.unset);
      for (const name of object.given ?? []) given.add(`${object.address} ${name}`);
      if (!spans.has(object.address)) spans.set(object.address, object.span);
    }
  }
  for (const [address, names] of unset)
    unset.set(
      address,
      names.filter((name) => !given.has(`${address} ${name}`)),
    );
  // ALTER FUNCTION app.f OWNER TO …: what hangs on an overloaded name that was given without its signature.
  for (const object of state.values()) {
    const parent = state.get(object.parent ?? '');
    if (parent === undefined || parent.signature === '') continue;
    const bare = formatAttached(object.kind, formatAddress(parent.kind, parent.parts), object.qualifier);
    const span = spans.get(bare);
    if (span === undefined || !declared.has(bare)) continue;
    declared.add(object.address);
    if (!spans.has(object.address)) spans.set(object.address, span);
  }
  // GRANT … ON a function: whose it is only the catalog tells.
  const isDeclared = declaredIn(declared);
  for (const object of state.values()) {
    if (kindFor(kinds, object).declaredAs === undefined) continue;
    const names = declaredNames(object, kinds);
    if (!names.some(isDeclared.has)) continue;
    declared.add(object.address);
    const span = names.map((name) => spans.get(name)).find((each) => each !== undefined);
    if (span !== undefined) spans.set(object.address, span);
  }
  // What a declaration brings along without naming it (the columns of LIKE) is found at its parent.
  for (const object of state.values()) {
    const parent = object.parent === null ? undefined : spans.get(object.parent);
    if (!spans.has(object.address) && parent) spans.set(object.address, parent);
  }
  return { declared, named, unset, spans };
}

export function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error';
}
