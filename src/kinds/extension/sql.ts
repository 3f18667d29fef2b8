/** How SQL declares extensions; knows nothing of the catalog. */
import { formatAddress } from '../../core/address.js';
import { flag, option, str, strings } from '../ast.js';
import type { NameRef, StatementRule } from '../kind.js';

function extensionRef(name: string): NameRef {
  return { space: 'extension', schema: null, name };
}

export const statements: readonly StatementRule[] = [
  {
    node: 'CreateExtensionStmt',
    read(node, context) {
      const name = str(node, 'extname');
      // Without VERSION the server installs its default one, which differs from server to server.
      const unset = option(node, 'options', 'new_version') ? [] : ['version'];
      return {
        provides: [extensionRef(name)],
        declares: [{ address: formatAddress('extension', [name]), offset: context.offsetOf(undefined), named: true, unset }],
        repeatable: flag(node, 'if_not_exists'),
      };
    },
  },
  {
    node: 'AlterExtensionStmt',
    read: (node) => ({ provides: [], alters: [extensionRef(str(node, 'extname'))], declares: [] }),
  },
  {
    node: 'AlterObjectSchemaStmt',
    applies: (node) => str(node, 'objectType') === 'OBJECT_EXTENSION',
    read: (node) => ({ provides: [], alters: [extensionRef(strings(node, 'object').at(-1) ?? '')], declares: [] }),
  },
];
