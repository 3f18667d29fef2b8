/** Settings of the database in YAML: `database_settings`, and `database_role_settings` of roles in it. */
import { textOf } from '../attribute-values.js';
import { quoteIdent } from '../quote.js';
import { ROLE_SETTINGS, SETTINGS, settingStatements, settingsByRole, settingsMap } from '../yaml-settings.js';
import type { YamlSlot } from '../yaml-slot.js';

/** The file does not say what the database is called, and no statement runs under this name. */
const THIS = 'this_database';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'database_settings',
    within: [''],
    schemaless: true,
    description: 'What new sessions in the database start with, by parameter (ALTER DATABASE … SET).',
    order: 96,
    form: 'single',
    value: SETTINGS,
    claims: (object) => textOf(object, 'role') === null,
    statements: (entry) => settingStatements(entry, `ALTER DATABASE ${THIS} `),
    whole: (objects) => ({ value: settingsMap(objects), said: objects }),
  },
  {
    section: 'database_role_settings',
    within: [''],
    schemaless: true,
    description: 'What new sessions of a role start with in this database, by role and parameter (ALTER ROLE … IN DATABASE … SET).',
    order: 97,
    form: 'single',
    value: ROLE_SETTINGS,
    claims: (object) => textOf(object, 'role') !== null,
    statements: (entry) =>
      entry.items().flatMap((role) => settingStatements(role, `ALTER ROLE ${quoteIdent(role.name ?? '')} IN DATABASE ${THIS} `)),
    whole: (objects) => ({ value: settingsByRole(objects, ''), said: objects }),
  },
];
