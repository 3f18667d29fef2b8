/** Procedures: routines that CALL runs, without a result type and without planner properties. */
import type { Kind } from '../kind.js';
import { routineQuery } from '../routine-catalog.js';
import { routineSlots } from '../routine-kind.js';
import { nativeSeeding } from '../routine-seeding.js';
import { routineRules } from '../routine-sql.js';
import { createProcedure } from '../routine-statement.js';
import { yaml } from './yaml.js';

export const kind: Kind = {
  name: 'procedure',
  rank: 41,
  heldIn: `pg_catalog.pg_proc where oid >= 16384 and prokind = 'p'`,
  query: (read) => routineQuery(read, 'p'),
  attributes: {
    arguments: 'exact',
    argument_defaults: 'text',
    language: 'exact',
    body: 'exact',
    sql_body: 'text',
    library: 'exact',
    security_definer: 'exact',
    config: 'exact',
    transforms: 'exact',
    depends_on_extensions: 'exact',
  },
  ...routineSlots('PROCEDURE', createProcedure),
  seeding: nativeSeeding,
  sql: routineRules('procedure', 'OBJECT_PROCEDURE'),
  yaml,
};
