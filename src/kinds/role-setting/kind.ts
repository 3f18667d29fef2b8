/**
 * Settings of roles in every database of the server (ALTER ROLE … SET). Address: role_setting:<parameter>@<role>, without a role for ALTER
 * ROLE ALL.
 */
import type { SchemaObject } from '../../core/object.js';
import type { PlanRequirement } from '../../core/plan.js';
import { textOf } from '../attribute-values.js';
import { assignment, RESETS_NOTHING, roleOf, setOf, settingsQuery } from '../kept-settings.js';
import type { Kind, Operation } from '../kind.js';
import { SUPERUSER } from '../requirements.js';
import { resetClause } from '../set-clause.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

const statement = (object: SchemaObject, clause: string): string => `ALTER ROLE ${roleOf(object) ?? 'ALL'} ${clause}`;
const set = (object: SchemaObject): string => statement(object, setOf(object));
const reset = (object: SchemaObject): string => statement(object, resetClause(object.parts[0] ?? ''));

const requires = (object: SchemaObject): readonly PlanRequirement[] =>
  roleOf(object) === null ? SUPERUSER : [{ privilege: 'CREATEROLE', on: null }];

function operation(object: SchemaObject, sql: string, undo: string, message: string): Operation {
  const who = textOf(object, 'role') ?? 'every role';
  return {
    sql,
    requires: requires(object),
    hazards: [
      {
        code: 'session-settings',
        address: object.address,
        message: `${message} for ${who} in every database of the server`,
        evenNew: true,
      },
    ],
    undo: { sql: [undo] },
  };
}

export const kind: Kind = {
  name: 'role_setting',
  rank: 4,
  clusterWide: true,
  query: ({ within }) => settingsQuery('s.tableoid', 's.setrole', `s.setdatabase = 0 and ${within('pg_authid', 's.setrole')}`),
  attributes: { value: 'exact', role: 'exact' },
  schema: () => null,
  reference: (object) => `SETTING ${object.parts[0]} OF ROLE ${roleOf(object) ?? 'ALL'}`,
  create: (object) => [operation(object, set(object), reset(object), `new sessions get ${assignment(object)}`)],
  alter: ({ before, after }) => ({
    operations: [operation(after, set(after), set(before), `new sessions get ${assignment(after)} instead of ${textOf(before, 'value')}`)],
  }),
  drop: (object) => [operation(object, reset(object), set(object), `new sessions no longer get ${assignment(object)}`)],
  // The array of all settings of the role, which every other change of one writes too.
  pin: (object) => ({ sql: statement(object, RESETS_NOTHING), requires: requires(object) }),
  sql: statementRules,
  yaml,
};
