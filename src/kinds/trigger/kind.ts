/** Triggers on tables and views; knows nothing of the function that they call but its name. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { child, flag, inSchema, rangeVarRef, str } from '../ast.js';
import { textOf, textsOf } from '../attribute-values.js';
import { extensionClauses } from '../extension-dependence.js';
import type { Alteration, Ast, Kind, Operation, OperationContext, SetChange, StatementContext, StatementMeaning } from '../kind.js';
import { quoteIdent } from '../quote.js';
import { executes } from '../requirements.js';
import { attributes, query } from './catalog.js';
import { createSql, isConstraint, nameOfTrigger, tableOf } from './sql.js';
import { changeStates, statesOfNew, statesSql } from './states.js';
import { yaml } from './yaml.js';

function create(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const table = object.parent ?? object.address;
  const isNew = context.isNew(table);
  const made: Operation = {
    sql: createSql(object, false),
    requires: [{ privilege: 'TRIGGER', on: table }, ...executes(object)],
    undo: { sql: [dropSql(object)] },
    ...(isNew
      ? {}
      : {
          lock: { mode: 'SHARE ROW EXCLUSIVE', address: table },
          hazards: [
            {
              code: 'create-trigger',
              address: object.address,
              message: `writes to ${tableOf(object)} run ${textOf(object, 'function') ?? ''} from then on`,
            },
          ],
        }),
  };
  return [made, ...statesOfNew(object, context), ...extensions(object, [])];
}

function extensions(object: SchemaObject, before: readonly string[]): readonly Operation[] {
  const after = textsOf(object, 'depends_on_extensions');
  const statements = (from: readonly string[], to: readonly string[]): readonly string[] =>
    extensionClauses(from, to).map((clause) => `ALTER TRIGGER ${quoteIdent(nameOfTrigger(object))} ON ${tableOf(object)} ${clause}`);
  const undo = statements(after, before);
  return statements(before, after).map((sql, place) => ({
    sql,
    lock: { mode: 'ACCESS EXCLUSIVE', address: object.parent ?? object.address },
    undo: { sql: undo.slice(place, place + 1) },
  }));
}

function alter({ before, after, changed }: SetChange, context: OperationContext): Alteration {
  const rest = new Set([...changed].filter((name) => name !== 'enabled' && name !== 'partitions'));
  const marks = rest.delete('depends_on_extensions') ? extensions(after, textsOf(before, 'depends_on_extensions')) : [];
  if (rest.size === 0) return { operations: [...changeStates(before, after, context), ...marks] };
  // CREATE OR REPLACE keeps the comment; it refuses constraint triggers.
  if (isConstraint(before) || isConstraint(after)) return 'replace';
  const undo = [createSql(before, true), ...statesSql(before)];
  const replaced: Operation = {
    sql: createSql(after, true),
    requires: [{ privilege: 'TRIGGER', on: after.parent ?? after.address }, ...executes(after)],
    lock: { mode: 'SHARE ROW EXCLUSIVE', address: after.parent ?? after.address },
    hazards: [
      { code: 'create-trigger', address: after.address, message: `what ${nameOfTrigger(after)} does on ${tableOf(after)} changes` },
    ],
    undo: { sql: undo },
  };
  // A replaced trigger is enabled, whatever it was before.
  return { operations: [replaced, ...statesOfNew(after, context), ...marks] };
}

function dropSql(object: SchemaObject): string {
  return `DROP TRIGGER ${quoteIdent(nameOfTrigger(object))} ON ${tableOf(object)}`;
}

function drop(object: SchemaObject): readonly Operation[] {
  return [
    {
      sql: dropSql(object),
      lock: { mode: 'ACCESS EXCLUSIVE', address: object.parent ?? object.address },
      hazards: [
        {
          code: 'drop-trigger',
          address: object.address,
          message: `writes to ${tableOf(object)} no longer run ${textOf(object, 'function') ?? ''}`,
        },
      ],
      undo: { sql: [createSql(object, false), ...statesSql(object)] },
    },
  ];
}

function rename(object: SchemaObject, to: string): readonly Operation[] {
  const sql = (from: string, into: string): string =>
    `ALTER TRIGGER ${quoteIdent(from)} ON ${tableOf(object)} RENAME TO ${quoteIdent(into)}`;
  return [
    {
      sql: sql(nameOfTrigger(object), to),
      lock: { mode: 'ACCESS EXCLUSIVE', address: object.parent ?? object.address },
      undo: { sql: [sql(to, nameOfTrigger(object))] },
    },
  ];
}

function read(node: Ast, context: StatementContext): StatementMeaning {
  const relation = child(node, 'relation');
  const table = rangeVarRef(relation);
  const [schema, name] = inSchema(table, context.creationSchema);
  return {
    provides: [],
    alters: [table],
    declares: [
      {
        address: formatAddress('trigger', [schema, name, str(node, 'trigname')]),
        offset: context.offsetOf(relation?.location as number | undefined),
        named: true,
      },
    ],
    repeatable: flag(node, 'replace'),
  };
}

export const kind: Kind = {
  name: 'trigger',
  rank: 66,
  attributes,
  heldIn: 'pg_catalog.pg_trigger where not tgisinternal',
  query,
  reference: (object) => `TRIGGER ${quoteIdent(nameOfTrigger(object))} ON ${tableOf(object)}`,
  create,
  alter,
  drop,
  rename,
  sql: [
    { node: 'CreateTrigStmt', read },
    {
      node: 'AlterObjectDependsStmt',
      applies: (node) => str(node, 'objectType') === 'OBJECT_TRIGGER',
      read: (node) => ({ provides: [], alters: [rangeVarRef(child(node, 'relation'))], declares: [] }),
    },
  ],
  yaml,
};
