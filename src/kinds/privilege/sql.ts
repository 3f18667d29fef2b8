/** How SQL files declare privileges: GRANT and REVOKE on objects; roles granted to roles are the cluster's. */
import { type Address, formatAttached, formatPart } from '../../core/address.js';
import { list, nameParts, roleName, str, strings, type Tagged } from '../ast.js';
import type { Ast, NameRef, StatementContext, StatementRule } from '../kind.js';
import { attachedToColumn, namedTarget } from '../named-target.js';

/** Everything that its file makes before it, as for ALTER DEFAULT PRIVILEGES: which objects ALL … IN SCHEMA means depends on its place. */
const ALL_SO_FAR: NameRef = { space: 'other', schema: null, name: '*' };

function granteesOf(node: Ast): readonly string[] {
  return list(node, 'grantees').map(({ node: role }) => (str(role, 'roletype') === 'ROLESPEC_PUBLIC' ? 'PUBLIC' : roleName(role)));
}

function columnsOf(node: Ast): readonly string[] {
  return list(node, 'privileges').flatMap((privilege) => strings(privilege.node, 'cols'));
}

function declared(objectType: string, object: Tagged, node: Ast, context: StatementContext): readonly Address[] {
  const { addresses } = namedTarget(objectType, object, context);
  return granteesOf(node).flatMap((role) => [
    // A privilege on some columns speaks of the whole too: what the role has there besides is then compared.
    ...addresses.map((address) => formatAttached('privilege', address, role)),
    ...columnsOf(node).flatMap((column) => attachedToColumn('privilege', nameParts(object), column, role, context)),
  ]);
}

/** Kinds that ALL … IN SCHEMA means, by what it says. */
const ALL_KINDS: Readonly<Record<string, readonly string[]>> = {
  OBJECT_TABLE: ['table', 'view', 'materialized_view', 'foreign_table'],
  OBJECT_SEQUENCE: ['sequence'],
  OBJECT_FUNCTION: ['function', 'aggregate'],
  OBJECT_PROCEDURE: ['procedure'],
  OBJECT_ROUTINE: ['function', 'procedure', 'aggregate'],
};

/** Which objects there are is known only to the catalog: patterns of addresses. */
function everythingIn(schemas: readonly string[], node: Ast): readonly Address[] {
  const kinds = ALL_KINDS[str(node, 'objtype')] ?? [];
  return schemas.flatMap((schema) =>
    kinds.flatMap((kind) => granteesOf(node).map((role) => formatAttached('privilege', `${kind}:${formatPart(schema)}.*`, role))),
  );
}

export const statementRules: readonly StatementRule[] = [
  {
    node: 'GrantStmt',
    applies: (node) => str(node, 'targtype') !== 'ACL_TARGET_DEFAULTS' && str(node, 'objtype') !== 'OBJECT_PARAMETER_ACL',
    read: (node, context) => {
      if (str(node, 'targtype') === 'ACL_TARGET_ALL_IN_SCHEMA') {
        const names = list(node, 'objects').map(({ node: name }) => str(name, 'sval'));
        const schemas = names.map((name): NameRef => ({ space: 'schema', schema: null, name }));
        const declares = everythingIn(names, node).map((address) => ({ address, offset: 0, named: false }));
        return { provides: [], alters: [...schemas, ALL_SO_FAR], declares };
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
