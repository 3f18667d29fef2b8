/** Operators; a pair of commutators or negators names each other, and making or dropping one of them changes the other. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Alteration, Kind, Operation, OperationContext, SetChange } from '../kind.js';
import { writeOperator } from '../operator-names.js';
import { schemaPin } from '../pins.js';
import { executes } from '../requirements.js';
import { attributes, query } from './catalog.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

const nameOf = (object: SchemaObject): string => `${writeOperator(object)}${object.signature}`;
const dropSql = (object: SchemaObject): string => `DROP OPERATOR ${nameOf(object)}`;

/** Making it with COMMUTATOR or NEGATOR links the other way too, and makes a shell where the other one is not there yet. */
function createSql(object: SchemaObject): string {
  const given = (name: string, attribute: string): readonly string[] => {
    const value = textOf(object, attribute);
    return value === null ? [] : [`${name} = ${value}`];
  };
  const operator = (name: string, attribute: string): readonly string[] => {
    const value = textOf(object, attribute);
    return value === null ? [] : [`${name} = OPERATOR(${value})`];
  };
  const clauses = [
    ...given('FUNCTION', 'function'),
    ...given('LEFTARG', 'left'),
    ...given('RIGHTARG', 'right'),
    ...operator('COMMUTATOR', 'commutator'),
    ...operator('NEGATOR', 'negator'),
    ...given('RESTRICT', 'restrict'),
    ...given('JOIN', 'join'),
    ...(flagOf(object, 'hashes') ? ['HASHES'] : []),
    ...(flagOf(object, 'merges') ? ['MERGES'] : []),
  ];
  return `CREATE OPERATOR ${writeOperator(object)} (${clauses.join(', ')})`;
}

const ESTIMATORS = ['restrict', 'join'] as const;
const LINKS = ['commutator', 'negator'] as const;

function alter({ before, after, changed }: SetChange, context: OperationContext): Alteration {
  if (['left', 'right', 'function'].some((name) => changed.has(name))) return 'replace';
  const later = laterOptions(before, after, changed, context);
  if (later === null) return 'replace';
  const estimators = ESTIMATORS.filter((name) => changed.has(name));
  const options = (object: SchemaObject): readonly string[] =>
    estimators.map((name) => `${name.toUpperCase()} = ${textOf(object, name) ?? 'NONE'}`);
  if (estimators.length + later.length === 0) return { operations: [] };
  const set = (list: readonly string[]): string => `ALTER OPERATOR ${nameOf(after)} SET (${list.join(', ')})`;
  return {
    operations: [
      {
        sql: set([...options(after), ...later]),
        undo: later.length > 0 ? { reason: 'what an operator is said to be once cannot be taken back' } : { sql: [set(options(before))] },
      },
    ],
  };
}

/**
 * PostgreSQL 17 can say later that an operator has a commutator, a negator, HASHES or MERGES, and never take it back. Null: only a new
 * operator can be so. A link that the other operator's CREATE or DROP brings about needs no statement.
 */
function laterOptions(
  before: SchemaObject,
  after: SchemaObject,
  changed: ReadonlySet<string>,
  context: OperationContext,
): readonly string[] | null {
  const options: string[] = [];
  for (const name of LINKS) {
    if (!changed.has(name) || followsOther(before, after, name, context)) continue;
    if (context.major < 17 || textOf(before, name) !== null) return null;
    options.push(`${name.toUpperCase()} = OPERATOR(${textOf(after, name)})`);
  }
  for (const name of ['hashes', 'merges']) {
    if (!changed.has(name)) continue;
    if (context.major < 17 || !flagOf(after, name)) return null;
    options.push(name.toUpperCase());
  }
  return options;
}

/** Whether what it was linked to goes, and what it is to be linked to comes, and each of them says so itself. */
function followsOther(before: SchemaObject, after: SchemaObject, link: string, context: OperationContext): boolean {
  const [from, to] = [linked(before, link, context.current), linked(after, link, context.desired)];
  const gone = textOf(before, link) === null || (from !== null && context.isDropped(from.address));
  const made = textOf(after, link) === null || (to !== null && context.isNew(to.address) && textOf(to, link) === writeOperator(after));
  return gone && made;
}

/** The operator behind a link: a commutator has the operands the other way round, a negator the same ones. */
function linked(object: SchemaObject, link: string, state: OperationContext['current']): SchemaObject | null {
  const [left, right] = [textOf(object, 'left'), textOf(object, 'right')];
  const operands = link === 'commutator' ? [right, left] : [left, right];
  for (const other of state.values()) {
    if (other.kind !== object.kind || writeOperator(other) !== textOf(object, link)) continue;
    if (textOf(other, 'left') === operands[0] && textOf(other, 'right') === operands[1]) return other;
  }
  return null;
}

function create(object: SchemaObject): readonly Operation[] {
  return [{ sql: createSql(object), requires: executes(object), undo: { sql: [dropSql(object)] } }];
}

export const kind: Kind = {
  name: 'operator',
  rank: 43,
  attributes,
  heldIn: 'pg_catalog.pg_operator where oid >= 16384',
  query,
  namespace: (object) => `operator ${nameOf(object)}`,
  reference: (object) => `OPERATOR ${nameOf(object)}`,
  create,
  alter,
  drop: (object) => [
    {
      sql: dropSql(object),
      hazards: [{ code: 'drop-operator', address: object.address, message: `queries that use the operator ${nameOf(object)} fail` }],
      undo: { sql: [createSql(object)] },
    },
  ],
  pin: (object) => schemaPin(object, `OPERATOR ${nameOf(object)}`),
  sql: statements,
  yaml,
};
