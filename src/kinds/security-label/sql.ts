/** How SQL files declare a security label. */
import { type Address, formatAttached } from '../../core/address.js';
import { list, nameParts, objectWithArgs, str, strings, type Tagged, tagged } from '../ast.js';
import type { Ast, NameRef, StatementContext, StatementMeaning, StatementRule } from '../kind.js';
import { attachedToColumn, namedPart, namedTarget } from '../named-target.js';
import { type Labelled, relation, routine, setLabel, single, type } from './in-catalog.js';

const RELATIONS = /^OBJECT_(TABLE|VIEW|MATVIEW|SEQUENCE|FOREIGN_TABLE)$/;
const ROUTINES = /^OBJECT_(FUNCTION|PROCEDURE|ROUTINE|AGGREGATE)$/;
const SINGLE: Readonly<Record<string, readonly [catalog: string, objectType: string]>> = {
  OBJECT_SCHEMA: ['pg_namespace', 'schema'],
  OBJECT_LANGUAGE: ['pg_language', 'language'],
  OBJECT_EVENT_TRIGGER: ['pg_event_trigger', 'event trigger'],
  OBJECT_PUBLICATION: ['pg_publication', 'publication'],
  OBJECT_SUBSCRIPTION: ['pg_subscription', 'subscription'],
};

interface Meaning {
  readonly ref: NameRef | null;
  readonly addresses: readonly Address[];
  readonly labelled: Labelled | null;
}

function named(objectType: string, object: Tagged, context: StatementContext): Labelled | null {
  const parts = nameParts(object);
  if (RELATIONS.test(objectType)) return relation(parts);
  if (objectType === 'OBJECT_TYPE' || objectType === 'OBJECT_DOMAIN') return type(parts);
  const alone = SINGLE[objectType];
  if (alone !== undefined) return single(alone[0], alone[1], parts.at(-1) ?? '');
  if (!ROUTINES.test(objectType)) return null;
  const { ref, signature } = objectWithArgs(object.node, context.creationSchema);
  return routine([...(ref.schema === null ? [] : [ref.schema]), ref.name], signature);
}

function read(node: Ast, object: Tagged, provider: string, context: StatementContext): Meaning {
  const objectType = str(node, 'objtype');
  if (objectType !== 'OBJECT_COLUMN') {
    const { ref, addresses } = namedTarget(objectType, object, context);
    return {
      ref,
      addresses: addresses.map((address) => formatAttached('security_label', address, provider)),
      labelled: named(objectType, object, context),
    };
  }
  const names =
    strings(node, 'object').length > 0 ? strings(node, 'object') : list(node, 'object').map(({ node: name }) => str(name, 'sval'));
  const [owner, column] = [names.slice(0, -1), names.at(-1) ?? ''];
  const { ref } = namedPart(objectType, owner, column, context);
  return { ref, addresses: attachedToColumn('security_label', owner, column, provider, context), labelled: relation(owner, column) };
}

/** Without a provider the server decides which one is meant: then the statement runs as it is, where one is loaded. */
function meaning(node: Ast, context: StatementContext): StatementMeaning {
  const object = tagged(node, 'object');
  const provider = str(node, 'provider');
  if (object === null) return { provides: [], declares: [] };
  const { ref, addresses, labelled } = read(node, object, provider, context);
  const label = tagged(node, 'label') === null && typeof node.label !== 'string' ? null : str(node, 'label');
  const scratch = provider === '' || labelled === null ? {} : { scratch: setLabel(labelled, provider, label).join(';\n') };
  return {
    provides: [],
    alters: ref === null ? [] : [ref],
    declares: addresses.map((address) => ({ address, offset: 0, named: false })),
    ...scratch,
  };
}

export const statementRules: readonly StatementRule[] = [
  {
    node: 'SecLabelStmt',
    // On these it would reach out of the database, or label data.
    applies: (node) => !['OBJECT_DATABASE', 'OBJECT_ROLE', 'OBJECT_TABLESPACE', 'OBJECT_LARGEOBJECT'].includes(str(node, 'objtype')),
    read: meaning,
  },
];
