/**
 * What COMMENT ON, GRANT … ON and ALTER … OWNER name, as addresses: several where the statement does not tell the kind
 * (GRANT ON TABLE takes views too). Only the catalog decides; the addresses are for places in files and for "is anything declared here".
 */
import { type Address, formatAddress, formatAttached } from '../core/address.js';
import { inSchema, nameParts, nameRef, objectWithArgs, type Tagged, typeRef } from './ast.js';
import { composedTarget } from './composed-target.js';
import type { NameRef, StatementContext } from './kind.js';

export interface NamedTarget {
  /** The name to wait for; null where no name space of the parser holds it. */
  readonly ref: NameRef | null;
  readonly addresses: readonly Address[];
}

const RELATIONS = ['table', 'view', 'materialized_view', 'sequence', 'foreign_table'];
const TYPES = ['enum', 'composite', 'range', 'domain', 'base_type', 'shell_type'];

/** Kinds by the parser's object type. */
const IN_SCHEMA: Readonly<Record<string, { readonly space: NameRef['space']; readonly kinds: readonly string[] }>> = {
  OBJECT_TABLE: { space: 'relation', kinds: RELATIONS },
  OBJECT_VIEW: { space: 'relation', kinds: ['view'] },
  OBJECT_MATVIEW: { space: 'relation', kinds: ['materialized_view'] },
  OBJECT_SEQUENCE: { space: 'relation', kinds: ['sequence'] },
  OBJECT_FOREIGN_TABLE: { space: 'relation', kinds: ['foreign_table'] },
  // An index is addressed below its table, which the statement does not name.
  OBJECT_INDEX: { space: 'relation', kinds: [] },
  OBJECT_TYPE: { space: 'type', kinds: TYPES },
  OBJECT_DOMAIN: { space: 'type', kinds: ['domain'] },
  OBJECT_COLLATION: { space: 'collation', kinds: ['collation'] },
  OBJECT_STATISTIC_EXT: { space: 'other', kinds: ['statistics'] },
  OBJECT_CONVERSION: { space: 'other', kinds: ['conversion'] },
  OBJECT_TSCONFIGURATION: { space: 'other', kinds: ['text_search_configuration'] },
  OBJECT_TSDICTIONARY: { space: 'other', kinds: ['text_search_dictionary'] },
  OBJECT_TSPARSER: { space: 'other', kinds: ['text_search_parser'] },
  OBJECT_TSTEMPLATE: { space: 'other', kinds: ['text_search_template'] },
};

const ROUTINES: Readonly<Record<string, readonly string[]>> = {
  // GRANT ON FUNCTION and ALTER ROUTINE take more than one kind.
  OBJECT_FUNCTION: ['function', 'aggregate'],
  OBJECT_PROCEDURE: ['procedure'],
  OBJECT_ROUTINE: ['function', 'procedure', 'aggregate'],
  OBJECT_AGGREGATE: ['aggregate'],
};

const IN_DATABASE: Readonly<Record<string, { readonly space: NameRef['space']; readonly kind: string }>> = {
  OBJECT_SCHEMA: { space: 'schema', kind: 'schema' },
  OBJECT_EXTENSION: { space: 'extension', kind: 'extension' },
  OBJECT_EVENT_TRIGGER: { space: 'other', kind: 'event_trigger' },
  OBJECT_PUBLICATION: { space: 'other', kind: 'publication' },
  OBJECT_SUBSCRIPTION: { space: 'other', kind: 'subscription' },
  OBJECT_FDW: { space: 'other', kind: 'foreign_data_wrapper' },
  OBJECT_FOREIGN_SERVER: { space: 'other', kind: 'server' },
  OBJECT_LANGUAGE: { space: 'other', kind: 'language' },
  OBJECT_ACCESS_METHOD: { space: 'other', kind: 'access_method' },
};

/** Kinds of what lives below a relation or a domain: [.., owner, name]. */
const BELOW: Readonly<Record<string, string>> = {
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_RULE: 'rule',
  OBJECT_POLICY: 'policy',
  OBJECT_DOMCONSTRAINT: 'domain_constraint',
};

export function namedTarget(objectType: string, object: Tagged, context: StatementContext): NamedTarget {
  const schema = context.creationSchema;
  const routines = ROUTINES[objectType];
  if (routines) {
    const { ref, signature } = objectWithArgs(object.node, schema);
    const parts = inSchema(ref, schema);
    // Without arguments the name says it all where only one has it: the address without any stands for that.
    if (signature === null) return { ref, addresses: routines.map((kind) => formatAddress(kind, parts)) };
    return {
      ref,
      addresses: routines.map((kind) => formatAddress(kind, parts, kind === 'aggregate' && signature === '()' ? '(*)' : signature)),
    };
  }
  const names = nameParts(object);
  const single = IN_DATABASE[objectType];
  if (single) return { ref: nameRef(names, single.space), addresses: [formatAddress(single.kind, names)] };
  const inside = IN_SCHEMA[objectType];
  if (inside) {
    const ref = object.tag === 'TypeName' ? typeRef(object.node) : nameRef(names, inside.space);
    return { ref, addresses: inside.kinds.map((kind) => formatAddress(kind, inSchema(ref, schema))) };
  }
  return composedTarget(objectType, object, context) ?? { ref: null, addresses: [] };
}

/** The same for what lives below a relation or a domain: a column, a constraint, a trigger; `owner` and `name` given apart. */
export function namedPart(objectType: string, owner: readonly string[], name: string, context: StatementContext): NamedTarget {
  const ref = nameRef(owner, objectType === 'OBJECT_DOMCONSTRAINT' ? 'type' : 'relation');
  const parts = [...inSchema(ref, context.creationSchema), name];
  const kind = BELOW[objectType];
  return { ref, addresses: kind === undefined ? [] : [formatAddress(kind, parts)] };
}

/** Addresses of what is attached to a column: to the column of a table, or to the relation with the column in the qualifier. */
export function attachedToColumn(
  kind: string,
  owner: readonly string[],
  column: string,
  role: string | null,
  context: StatementContext,
): readonly Address[] {
  const parts = inSchema(nameRef(owner, 'relation'), context.creationSchema);
  const qualifier = role === null ? column : columnQualifier(role, column);
  return [
    formatAttached(kind, formatAddress('column', [...parts, column]), role),
    ...['view', 'materialized_view', 'foreign_table', ...(role === null ? ['composite'] : [])].map((owning) =>
      formatAttached(kind, formatAddress(owning, parts), qualifier),
    ),
  ];
}

/** Who has a privilege on a column that is no object of its own. */
export function columnQualifier(role: string, column: string): string {
  return `${role}(${column})`;
}
