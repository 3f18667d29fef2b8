/** Extended statistics (CREATE STATISTICS): what ANALYZE learns about columns and expressions of a table together. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { flag, inSchema, list, nameRef, strings } from '../ast.js';
import { textOf, textsOf } from '../attribute-values.js';
import type { Alteration, Ast, Hazard, Kind, Operation, OperationContext, SetChange, StatementContext, StatementMeaning } from '../kind.js';
import { schemaPin } from '../pins.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteIdent, quoteName } from '../quote.js';
import { relationsUnder } from '../requirements.js';
import { attributes, query } from './catalog.js';
import { yaml } from './yaml.js';

const nameOf = (object: SchemaObject): string => quoteName(object.parts);
const dropSql = (object: SchemaObject): string => `DROP STATISTICS ${nameOf(object)}`;

function createSql(object: SchemaObject): string {
  const kinds = textsOf(object, 'kinds');
  // An expression that is no bare function call needs parentheses, and any may have them.
  const elements = [
    ...textsOf(object, 'columns').map(quoteIdent),
    ...textsOf(object, 'expressions').map((expression) => `(${expression})`),
  ];
  const which = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
  return `CREATE STATISTICS ${nameOf(object)}${which} ON ${elements.join(', ')} FROM ${textOf(object, 'table') ?? ''}`;
}

function target(object: SchemaObject): number | null {
  const value = object.attributes.target;
  return typeof value === 'number' ? value : null;
}

/** Up to PostgreSQL 16 the word DEFAULT is not known here. */
function targetSql(object: SchemaObject, value: number | null): string {
  return `ALTER STATISTICS ${nameOf(object)} SET STATISTICS ${value ?? -1}`;
}

/** All that brings them back as they were, but for what ANALYZE had learned. */
function restore(object: SchemaObject): readonly string[] {
  return [createSql(object), ...(target(object) === null ? [] : [targetSql(object, target(object))])];
}

/** The relation that they are about. */
function lock(object: SchemaObject, context: OperationContext): Pick<Operation, 'lock'> {
  const parts = namePartsOf(textOf(object, 'table') ?? '');
  const relation = object.dependsOn.find((address) => {
    const on = context.current.get(address);
    return on?.parts.length === 2 && on.parts.every((part, index) => part === parts[index]) && !context.isNew(address);
  });
  return relation === undefined ? {} : { lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: relation } };
}

function create(object: SchemaObject, context: OperationContext): readonly Operation[] {
  return [
    {
      sql: createSql(object),
      ...lock(object, context),
      requires: relationsUnder(object, context.desired).map((on) => ({ privilege: 'OWNER', on })),
      undo: { sql: [dropSql(object)] },
    },
    ...(target(object) === null ? [] : [{ sql: targetSql(object, target(object)), undo: { sql: [targetSql(object, null)] } }]),
  ];
}

function alter({ before, after, changed }: SetChange): Alteration {
  // PostgreSQL changes nothing else of them, and what a rename of the table or of a column brings about is no change by then.
  if (changed.size > 1 || !changed.has('target')) return 'replace';
  return { operations: [{ sql: targetSql(after, target(after)), undo: { sql: [targetSql(after, target(before))] } }] };
}

function drop(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const hazard: Hazard = {
    code: 'drop-statistics',
    address: object.address,
    message: `plans of queries on ${textOf(object, 'table') ?? ''} may change: what ANALYZE learned for ${nameOf(object)} is gone`,
  };
  return [{ sql: dropSql(object), ...lock(object, context), hazards: [hazard], undo: { sql: restore(object) } }];
}

function rename(object: SchemaObject, to: string): readonly Operation[] {
  const back = `ALTER STATISTICS ${quoteName([...object.parts.slice(0, -1), to])} RENAME TO ${quoteIdent(object.parts.at(-1) ?? '')}`;
  return [{ sql: `ALTER STATISTICS ${nameOf(object)} RENAME TO ${quoteIdent(to)}`, undo: { sql: [back] } }];
}

function readCreate(node: Ast, context: StatementContext): StatementMeaning {
  // From PostgreSQL 16 on the name may be left to the server.
  if (list(node, 'defnames').length === 0) return { provides: [], declares: [] };
  const [schema, name] = inSchema(nameRef(strings(node, 'defnames'), 'other'), context.creationSchema);
  return {
    provides: [{ space: 'other', schema, name }],
    declares: [{ address: formatAddress('statistics', [schema, name]), offset: context.offsetOf(undefined), named: true }],
    repeatable: flag(node, 'if_not_exists'),
  };
}

/*
 * ALTER COLUMN … TYPE makes the statistics anew by itself, but without their target and owned by whoever runs it [run on 15]: they are
 * not `rebuilt`, so that the plan drops and creates them around it.
 */
export const kind: Kind = {
  name: 'statistics',
  rank: 57,
  choosesName: true,
  attributes,
  heldIn: 'pg_catalog.pg_statistic_ext',
  query,
  reference: (object) => `STATISTICS ${nameOf(object)}`,
  create,
  alter,
  drop,
  rename,
  pin: (object) => schemaPin(object, `STATISTICS ${nameOf(object)}`),
  sql: [
    { node: 'CreateStatsStmt', read: readCreate },
    {
      node: 'AlterStatsStmt',
      read: (node) => ({ provides: [], alters: [nameRef(strings(node, 'defnames'), 'other')], declares: [] }),
    },
  ],
  yaml,
};
