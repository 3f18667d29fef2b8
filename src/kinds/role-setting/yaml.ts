/** Settings of roles in every database of the server, in YAML: the map `role_settings`, with $all for every role. */
import { quoteIdent } from '../quote.js';
import { ROLE_SETTINGS, settingStatements, settingsByRole } from '../yaml-settings.js';
import type { YamlSlot } from '../yaml-slot.js';

const ALL = '$all';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'role_settings',
    within: [''],
    schemaless: true,
    description:
      'What new sessions of a role start with in every database of the server, by role ($all for every one) and parameter (ALTER ROLE … SET); managed where a pattern of manage lists them ("role_setting:*").',
    order: 0.1,
    form: 'single',
    value: ROLE_SETTINGS,
    statements: (entry) =>
      entry.items().flatMap((role) => settingStatements(role, `ALTER ROLE ${role.name === ALL ? 'ALL' : quoteIdent(role.name ?? '')} `)),
    whole: (objects) => ({ value: settingsByRole(objects, ALL), said: objects }),
  },
];
