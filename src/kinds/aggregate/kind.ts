/** Aggregates, ordered-set and hypothetical-set ones included. */
import type { SchemaObject } from '../../core/object.js';
import type { Alteration, Kind, SetChange } from '../kind.js';
import { privilegesPin } from '../pins.js';
import { quoteIdent, quoteName } from '../quote.js';
import { executes } from '../requirements.js';
import { routineName, routineNamespace } from '../routine.js';
import { dropHazard } from '../routine-kind.js';
import { attributes, query } from './catalog.js';
import { statementRules } from './sql.js';
import { createAggregate } from './statement.js';
import { yaml } from './yaml.js';

/** What CREATE OR REPLACE AGGREGATE cannot change, along with the names of arguments that have one. */
const FIXED = ['result', 'sort', 'direct_arguments', 'arguments'];

function alter({ before, after, changed }: SetChange): Alteration {
  if (FIXED.some((name) => changed.has(name))) return 'replace';
  return {
    operations: [
      {
        sql: createAggregate(after, 'CREATE OR REPLACE'),
        requires: executes(after),
        undo: { sql: [createAggregate(before, 'CREATE OR REPLACE')] },
      },
    ],
  };
}

const reference = (aggregate: SchemaObject): string => `AGGREGATE ${routineName(aggregate)}`;

/** GRANT knows aggregates as functions, which have no (*). */
function grantReference(aggregate: SchemaObject): string {
  return `FUNCTION ${quoteName(aggregate.parts)}${aggregate.signature === '(*)' ? '()' : aggregate.signature}`;
}

export const kind: Kind = {
  name: 'aggregate',
  rank: 42,
  heldIn: `pg_catalog.pg_proc where oid >= 16384 and prokind = 'a'`,
  query,
  attributes,
  namespace: routineNamespace,
  reference,
  grantReference,
  create: (aggregate) => [
    { sql: createAggregate(aggregate, 'CREATE'), requires: executes(aggregate), undo: { sql: [`DROP ${reference(aggregate)}`] } },
  ],
  alter,
  drop: (aggregate, context) => [
    {
      sql: `DROP ${reference(aggregate)}`,
      hazards: [dropHazard(aggregate, context)],
      undo: { sql: [createAggregate(aggregate, 'CREATE')] },
    },
  ],
  rename: (aggregate, to) => [
    {
      sql: `ALTER ${reference(aggregate)} RENAME TO ${quoteIdent(to)}`,
      hazards: [
        {
          code: 'rename-routine',
          address: aggregate.address,
          message: `queries that name ${routineName(aggregate)} fail until they use the new name`,
        },
      ],
      undo: {
        sql: [
          `ALTER AGGREGATE ${quoteName([...aggregate.parts.slice(0, -1), to])}${aggregate.signature} RENAME TO ${quoteIdent(aggregate.parts.at(-1) ?? '')}`,
        ],
      },
    },
  ],
  // ALTER ROUTINE … RESET refuses aggregates.
  pin: (aggregate) => privilegesPin(grantReference(aggregate)),
  sql: statementRules,
  yaml,
};
