/** The SQL that the kinds write for objects, statement by statement and with chosen objects inside of others; names no kind. */
import type { Address } from '../../core/address.js';
import type { Change } from '../../core/change.js';
import { DiagnosticError } from '../../core/diagnostic.js';
import type { SchemaObject, State } from '../../core/object.js';
import { type Kinds, kindFor } from '../../kinds/hashing.js';
import type { Alteration, Kind, OperationContext, SetChange } from '../../kinds/kind.js';
import { childrenOf, NO_SIZES, noCreation, operationContext, siblingOrder } from '../../plan/context.js';
import { NO_WORK, type Work } from '../../plan/work.js';

export interface Writer {
  /** What makes it, with these of its children (and theirs) inside. */
  statements(object: SchemaObject, inside: ReadonlySet<Address>): readonly string[];
  /** As it stands inside the statement of its parent; null: it cannot. */
  fragment(object: SchemaObject, inside: ReadonlySet<Address>): string | null;
  /** What the fragment leaves to statements of their own. */
  afterwards(object: SchemaObject): readonly string[];
}

/** For whom it is written. */
export interface Server {
  readonly major: number;
  /** Name of the database. */
  readonly database: string;
}

/** Writes objects of one state as if nothing were there yet. */
export function writerOf(state: State, server: Server, kinds: Kinds): Writer {
  const contextWith = (inside: ReadonlySet<Address>): OperationContext =>
    contextOf(state, state, server, kinds, { ...NO_WORK, creates: state }, (parent) =>
      (childrenOf(state).get(parent) ?? []).filter((child) => inside.has(child.address)).sort(siblingOrder(kinds)),
    );
  const none: ReadonlySet<Address> = new Set();
  return {
    statements: (object, inside) =>
      kindFor(kinds, object)
        .create(object, contextWith(inside))
        .map(({ sql }) => sql),
    fragment: (object, inside) => kindFor(kinds, object).inline?.(object, contextWith(inside)) ?? null,
    afterwards: (object) => (kindFor(kinds, object).afterInline?.(object, contextWith(none)) ?? []).map(({ sql }) => sql),
  };
}

/** ALTER statements that say the change; null when only another CREATE could. */
export function alterations(
  change: Change & { readonly type: 'set' },
  said: State,
  wanted: State,
  server: Server,
  kinds: Kinds,
): readonly string[] | null {
  const set = { before: change.before, after: change.after, changed: new Set(change.attributes) };
  const alteration = alterationOf(
    kindFor(kinds, change.after),
    set,
    contextOf(said, wanted, server, kinds, NO_WORK, () => []),
  );
  if (alteration === 'replace' || alteration.makes !== undefined) return null;
  return change.attributes.includes('parent') ? null : alteration.operations.map(({ sql }) => sql);
}

/** What a database cannot be brought to is brought about in files by another CREATE. */
function alterationOf(kind: Kind, set: SetChange, context: OperationContext): Alteration {
  try {
    return kind.alter(set, context);
  } catch (error) {
    if (error instanceof DiagnosticError) return 'replace';
    throw error;
  }
}

function contextOf(
  current: State,
  desired: State,
  { major, database }: Server,
  kinds: Kinds,
  work: Work,
  inlinedChildren: (parent: Address) => readonly SchemaObject[],
): OperationContext {
  return operationContext({
    kinds,
    major,
    database,
    online: false,
    sizes: NO_SIZES,
    role: null,
    current,
    desired,
    work,
    madeBefore: new Set(),
    hint: () => null,
    creation: noCreation,
    inlinedChildren,
  });
}
