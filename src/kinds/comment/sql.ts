/** How SQL files declare a comment. */
import { type Address, formatAttached } from '../../core/address.js';
import { list, nameParts, str, strings, type Tagged, tagged } from '../ast.js';
import type { Ast, NameRef, StatementContext, StatementRule } from '../kind.js';
import { attachedToColumn, namedPart, namedTarget } from '../named-target.js';

interface Meaning {
  readonly ref: NameRef | null;
  readonly addresses: readonly Address[];
}

const PARTS: ReadonlySet<string> = new Set([
  'OBJECT_TABCONSTRAINT',
  'OBJECT_TRIGGER',
  'OBJECT_RULE',
  'OBJECT_POLICY',
  'OBJECT_DOMCONSTRAINT',
]);

function read(node: Ast, object: Tagged, context: StatementContext): Meaning {
  const type = str(node, 'objtype');
  if (type === 'OBJECT_COLUMN') {
    const names = strings(node, 'object');
    const [owner, column] = [names.slice(0, -1), names.at(-1) ?? ''];
    return { ref: namedPart(type, owner, column, context).ref, addresses: attachedToColumn('comment', owner, column, null, context) };
  }
  const { ref, addresses } = PARTS.has(type) ? readPart(type, node, context) : namedTarget(type, object, context);
  return { ref, addresses: addresses.map((address) => formatAttached('comment', address, null)) };
}

/** [.., table, name] as one list, or for a domain [TypeName, name]. */
function readPart(type: string, node: Ast, context: StatementContext): Meaning {
  if (type !== 'OBJECT_DOMCONSTRAINT') {
    const names = strings(node, 'object');
    return namedPart(type, names.slice(0, -1), names.at(-1) ?? '', context);
  }
  const [domain, name] = list(node, 'object');
  return namedPart(type, domain ? nameParts(domain) : [], name ? str(name.node, 'sval') : '', context);
}

export const statementRules: readonly StatementRule[] = [
  {
    node: 'CommentStmt',
    // On shared objects it would reach out of the database.
    applies: (node) => !['OBJECT_DATABASE', 'OBJECT_ROLE', 'OBJECT_TABLESPACE', 'OBJECT_LARGEOBJECT'].includes(str(node, 'objtype')),
    read: (node, context) => {
      const object = tagged(node, 'object');
      const { ref, addresses } = object === null ? { ref: null, addresses: [] } : read(node, object, context);
      return {
        provides: [],
        alters: ref === null ? [] : [ref],
        declares: addresses.map((address) => ({ address, offset: 0, named: false })),
      };
    },
  },
];
