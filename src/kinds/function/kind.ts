/** Functions, window functions included; the text of a body is compared as it is stored, a parsed SQL body as the server prints it. */
import type { Kind } from '../kind.js';
import { FUNCTION_ATTRIBUTES, routineQuery } from '../routine-catalog.js';
import { routineSlots } from '../routine-kind.js';
import { nativeSeeding } from '../routine-seeding.js';
import { routineRules } from '../routine-sql.js';
import { createFunction } from '../routine-statement.js';
import { yaml } from './yaml.js';

export const kind: Kind = {
  name: 'function',
  rank: 40,
  heldIn: `pg_catalog.pg_proc where oid >= 16384 and prokind in ('f', 'w')`,
  query: (read) => routineQuery(read, 'fw', FUNCTION_ATTRIBUTES),
  attributes: {
    arguments: 'exact',
    argument_defaults: 'text',
    result: 'exact',
    language: 'exact',
    body: 'exact',
    sql_body: 'text',
    library: 'exact',
    volatility: 'exact',
    strict: 'exact',
    security_definer: 'exact',
    leakproof: 'exact',
    parallel: 'exact',
    cost: 'exact',
    rows: 'exact',
    support: 'exact',
    window: 'exact',
    config: 'exact',
    transforms: 'exact',
    depends_on_extensions: 'exact',
  },
  ...routineSlots('FUNCTION', createFunction),
  seeding: nativeSeeding,
  sql: routineRules('function', 'OBJECT_FUNCTION'),
  yaml,
};
