/**
 * Settings of the database (ALTER DATABASE … SET), and of roles in it (ALTER ROLE … IN DATABASE … SET), which the server drops with it.
 * Address: database_setting:<parameter>, with @<role> behind it for a role.
 */
import type { SchemaObject } from '../../core/object.js';
import type { PlanRequirement } from '../../core/plan.js';
import { textOf } from '../attribute-values.js';
import { assignment, inThisDatabase, RESETS_NOTHING, roleOf, setOf, settingsQuery } from '../kept-settings.js';
import type { Kind, Operation, OperationContext } from '../kind.js';
import { quoteIdent, quoteLiteral } from '../quote.js';
import { resetClause } from '../set-clause.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

function query({ within }: Parameters<Kind['query']>[0]): string {
  const here = `s.setdatabase = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())`;
  return settingsQuery(`'pg_catalog.pg_database'::regclass::oid`, 's.setdatabase', `${here} and ${within('pg_database', 's.setdatabase')}`);
}

/** What stands before and after the name of the database. */
function around(object: SchemaObject, clause: string): readonly [string, string] {
  const role = roleOf(object);
  return [role === null ? 'ALTER DATABASE ' : `ALTER ROLE ${role} IN DATABASE `, ` ${clause}`];
}

/** Whatever the database is called that it runs in: scratch has names of its own. */
function here(object: SchemaObject, clause: string): string {
  const [before, after] = around(object, clause).map(quoteLiteral);
  return inThisDatabase(`${before} || quote_ident(current_database()) || ${after}`);
}

/** For the settings of a role it takes no more than to alter the role. */
const requires = (object: SchemaObject): readonly PlanRequirement[] =>
  roleOf(object) === null ? [{ privilege: 'OWNER', on: 'database' }] : [{ privilege: 'CREATEROLE', on: null }];

const reset = (object: SchemaObject): string => resetClause(object.parts[0] ?? '');

function operation(object: SchemaObject, clause: string, undo: string, message: string, { database }: OperationContext): Operation {
  const sql = (what: string): string => around(object, what).join(quoteIdent(database));
  const who = textOf(object, 'role') ?? 'every role';
  return {
    sql: sql(clause),
    scratch: [here(object, clause)],
    requires: requires(object),
    hazards: [{ code: 'session-settings', address: object.address, message: `${message} for ${who} in the database`, evenNew: true }],
    undo: { sql: [sql(undo)] },
  };
}

export const kind: Kind = {
  name: 'database_setting',
  rank: 5,
  query,
  attributes: { value: 'exact', role: 'exact' },
  schema: () => null,
  reference: (object) => `SETTING ${object.parts[0]} OF DATABASE${roleOf(object) === null ? '' : ` FOR ROLE ${roleOf(object)}`}`,
  create: (object, context) => [operation(object, setOf(object), reset(object), `new sessions get ${assignment(object)}`, context)],
  alter: ({ before, after }, context) => ({
    operations: [
      operation(after, setOf(after), setOf(before), `new sessions get ${assignment(after)} instead of ${textOf(before, 'value')}`, context),
    ],
  }),
  drop: (object, context) => [operation(object, reset(object), setOf(object), `new sessions no longer get ${assignment(object)}`, context)],
  // The array of all settings of the database or of the role in it, which every other change of one writes too.
  pin: (object) => ({ sql: here(object, RESETS_NOTHING), requires: requires(object) }),
  sql: statementRules,
  yaml,
};
