/** How SQL files declare an owner. pg_dump writes ALTER TABLE for views, materialized views and sequences too. */
import { formatAttached } from '../../core/address.js';
import { child, list, str, tagged } from '../ast.js';
import type { StatementContext, StatementMeaning, StatementRule } from '../kind.js';
import { type NamedTarget, namedTarget } from '../named-target.js';

function meaning({ ref, addresses }: NamedTarget, context: StatementContext, location: unknown): StatementMeaning {
  const offset = context.offsetOf(typeof location === 'number' ? location : undefined);
  return {
    provides: [],
    alters: ref === null ? [] : [ref],
    declares: addresses.map((address) => ({ address: formatAttached('owner', address, null), offset, named: false })),
  };
}

export const statementRules: readonly StatementRule[] = [
  {
    node: 'AlterOwnerStmt',
    read: (node, context) => {
      const object = tagged(node, 'object');
      const target = object === null ? { ref: null, addresses: [] } : namedTarget(str(node, 'objectType'), object, context);
      return meaning(target, context, child(node, 'newowner')?.location);
    },
  },
  {
    node: 'AlterTableStmt',
    applies: (node) => list(node, 'cmds').some((command) => str(command.node, 'subtype') === 'AT_ChangeOwner'),
    read: (node, context) => {
      const relation = child(node, 'relation') ?? {};
      const target = namedTarget(str(node, 'objtype'), { tag: 'RangeVar', node: relation }, context);
      return meaning(target, context, relation.location);
    },
  },
];
