/** How SQL files declare default privileges. */
import { type Address, formatAddress, formatPart } from '../../core/address.js';
import { child, list, option, roleName, str } from '../ast.js';
import type { Ast, NameRef, StatementRule } from '../kind.js';

const WORDS: Readonly<Record<string, string>> = {
  OBJECT_TABLE: 'tables',
  OBJECT_SEQUENCE: 'sequences',
  OBJECT_FUNCTION: 'functions',
  OBJECT_ROUTINE: 'functions',
  OBJECT_TYPE: 'types',
  OBJECT_SCHEMA: 'schemas',
  OBJECT_LARGEOBJECT: 'large_objects',
};

function names(node: Ast, name: string): readonly string[] {
  const value = option(node, 'options', name);
  return value === null
    ? []
    : list({ of: { List: value.node } }, 'of').map(({ tag, node: entry }) => (tag === 'RoleSpec' ? roleName(entry) : str(entry, 'sval')));
}

export const statementRules: readonly StatementRule[] = [
  {
    node: 'AlterDefaultPrivilegesStmt',
    read: (node) => {
      const action = child(node, 'action') ?? {};
      const word = WORDS[str(action, 'objtype')] ?? '';
      const schemas = names(node, 'schemas');
      const places: readonly (readonly string[])[] = schemas.length === 0 ? [[]] : schemas.map((schema) => [schema]);
      const addresses: readonly Address[] = places.flatMap((place) =>
        names(node, 'roles').flatMap((role) =>
          list(action, 'grantees').map(({ node: grantee }) => {
            const name = str(grantee, 'roletype') === 'ROLESPEC_PUBLIC' ? 'PUBLIC' : roleName(grantee);
            return formatAddress('default_privilege', [...place, role, word], `@${formatPart(name === role ? '$owner' : name)}`);
          }),
        ),
      );
      // What its file makes before it stays before it, and what comes later after it.
      const later: NameRef = { space: 'other', schema: null, name: '*' };
      const alters = [...schemas.map((name): NameRef => ({ space: 'schema', schema: null, name })), later];
      return { provides: [], alters, declares: addresses.map((address) => ({ address, offset: 0, named: false })) };
    },
  },
];
