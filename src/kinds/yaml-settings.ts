/** Settings that the server keeps for sessions to come, in YAML: maps from parameters to values. Knows no kind. */
import type { JsonObject } from '../core/json.js';
import type { SchemaObject } from '../core/object.js';
import { textOf } from './attribute-values.js';
import { setClause } from './set-clause.js';
import type { YamlEntry, YamlMap, YamlStatement } from './yaml-slot.js';
import { atKey, parameterValues } from './yaml-text.js';

export const SETTINGS: JsonObject = {
  type: 'object',
  minProperties: 1,
  additionalProperties: { type: ['string', 'number', 'boolean'], title: 'a value such as 64MB' },
  title: 'a map of settings',
  examples: [{ work_mem: '64MB', search_path: 'app, public' }],
};

export const ROLE_SETTINGS: JsonObject = {
  type: 'object',
  additionalProperties: SETTINGS,
  title: 'a map from roles to settings',
  examples: [{ reporting: { work_mem: '256MB', default_transaction_read_only: 'on' } }],
};

/** One statement for each setting; `before` says whose: "ALTER ROLE app ". */
export function settingStatements(settings: YamlEntry, before: string): readonly YamlStatement[] {
  return settings.items().map((setting) => ({
    // The server knows parameters in any case.
    sql: [before, atKey(setting, setClause((setting.name ?? '').toLowerCase(), setting.text()))],
    anyDatabase: true,
  }));
}

/** Objects with a parameter and a value as their map; undefined: there are none. */
export function settingsMap(objects: readonly SchemaObject[]): YamlMap | undefined {
  return parameterValues(Object.fromEntries(objects.map((object) => [object.parts[0] ?? '', textOf(object, 'value') ?? ''])));
}

/** The same by the role that they are for; `nobody` stands for no role in particular. */
export function settingsByRole(objects: readonly SchemaObject[], nobody: string): YamlMap | undefined {
  const roles = [...new Set(objects.map((object) => textOf(object, 'role') ?? nobody))];
  const of = (role: string): readonly SchemaObject[] => objects.filter((object) => (textOf(object, 'role') ?? nobody) === role);
  return roles.length === 0 ? undefined : Object.fromEntries(roles.map((role) => [role, settingsMap(of(role))]));
}
