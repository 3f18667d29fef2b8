/** How SQL files declare privileges: GRANT and REVOKE on objects; roles granted to roles are the cluster's. */
import { type Address, formatAttached } from '../../core/address.js';
import { list, nameParts, roleName, str, strings, type Tagged } from '../ast.js';
import type { Ast, NameRef, StatementContext, StatementRule } from '../kind.js';
import { attachedToColumn, namedTarget } from '../named-target.js';

/** Everything that its file makes before it, as for ALTER DEFAULT PRIVILEGES: which objects ALL … IN SCHEMA means depends on its place. */
const ALL_SO_FAR: NameRef = { space: 'other', schema: null, name: '*' };

function granteesOf(node: Ast): readonly string[] {
  return list(node, 'grantees').map(({ node: role }) => (str(role, 'roletype') === 'ROLESPEC_PUBLIC' ? 'PUBLIC' : roleName(role)));
}

/** Columns with privileges of their own, and whether the whole object gets any. */
function columnsOf(node: Ast): { readonly whole: boolean; readonly columns: readonly string[] } {
  const privileges = list(node, 'privileges');
  const columns = privileges.flatMap((privilege) => strings(privilege.node, 'cols'));
  return { whole: privileges.length === 0 || privileges.some((privilege) => strings(privilege.node, 'cols').length === 0), columns };
}

function declared(objectType: string, object: Tagged, node: Ast, context: StatementContext): readonly Address[] {
  const { whole, columns } = columnsOf(node);
  const { addresses } = namedTarget(objectType, object, context);
  return granteesOf(node).flatMap((role) => [
    ...(whole ? addresses.map((address) => formatAttached('privilege', address, role)) : []),
    ...columns.flatMap((column) => attachedToColumn('privilege', nameParts(object), column, role, context)),
  ]);
}

export const statementRules: readonly StatementRule[] = [
  {
    node: 'GrantStmt',
    applies: (node) => str(node, 'targtype') !== 'ACL_TARGET_DEFAULTS',
    read: (node, context) => {
      if (str(node, 'targtype') === 'ACL_TARGET_ALL_IN_SCHEMA') {
        const schemas = list(node, 'objects').map(
          ({ node: name }): NameRef => ({ space: 'schema', schema: null, name: str(name, 'sval') }),
        );
        return { provides: [], alters: [...schemas, ALL_SO_FAR], declares: [] };
      }
      const type = str(node, 'objtype');
      const objects = list(node, 'objects');
      const refs = objects.map((object) => namedTarget(type, object, context).ref).filter((ref) => ref !== null);
      const declares = objects.flatMap((object) => {
        const location = object.node.location;
        const offset = context.offsetOf(typeof location === 'number' ? location : undefined);
        return declared(type, object, node, context).map((address) => ({ address, offset, named: false }));
      });
      return { provides: [], alters: refs, declares };
    },
  },
];
