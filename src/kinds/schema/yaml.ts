/** Schemas in YAML: the map `schemas`, and the key `schema` that says where everything of a document is. */
import { quoteIdent } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'schemas',
    within: [''],
    carries: ['comment', 'owner', 'grants on schemas', 'security_labels'],
    description: 'Schemas, where they have more than a name.',
    example: { app: { owner: 'app_owner' } },
    order: 1,
    form: 'map',
    properties: {},
    hints: ['renamed_from'],
    opens: {
      key: 'schema',
      fallback: 'public',
      description: 'Schema of everything in this document, which it declares too; bare names are looked up there, then in public.',
      statement: (name, path) =>
        name === 'public' ? null : { sql: ['CREATE SCHEMA ', { sql: quoteIdent(name), path, part: 'value' }], implied: true },
    },
    // Every database has public.
    statements: (entry) => (entry.name === 'public' ? [] : [{ sql: ['CREATE SCHEMA ', atKey(entry, quoteIdent(entry.name ?? ''))] }]),
    // What the document's key says already is only written when something hangs on it.
    implied: (object, view) => view.children(object.address).length === 0,
    keys: () => ({}),
  },
];
