/** Owners in YAML: the key `owner` of whatever has one. */
import { textOf } from '../attribute-values.js';
import type { YamlSlot } from '../yaml-slot.js';
import { nameOf, TEXT } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'owner',
    within: [],
    description: 'Role that owns it; left alone where it is not given.',
    order: 2,
    form: 'single',
    value: { ...TEXT, examples: ['app_owner'] },
    statements: (entry, { owner }) => (owner?.reference == null ? [] : [{ sql: [`ALTER ${owner.reference} OWNER TO `, nameOf(entry)] }]),
    whole: (objects) => ({ value: objects[0] === undefined ? undefined : (textOf(objects[0], 'role') ?? ''), said: objects.slice(0, 1) }),
  },
];
