/** The statements that make, change and remove a foreign table; what it shows is elsewhere, so no data is lost with it or its columns. */
import type { SchemaObject } from '../../core/object.js';
import { optionsOf, textOf, textsOf } from '../attribute-values.js';
import { optionsChange, optionsClause } from '../foreign-options.js';
import type { Alteration, Hazard, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { type Column, columnsOf, definition, laterClauses, needsNew, settingClauses, typeText } from './columns.js';

const nameOf = (table: SchemaObject): string => quoteName(table.parts);
const alterSql = (table: SchemaObject, clause: string): string => `ALTER FOREIGN TABLE ${nameOf(table)} ${clause}`;
const attachSql = (table: SchemaObject): string =>
  `ALTER TABLE ONLY ${textOf(table, 'partition_of')} ATTACH PARTITION ${nameOf(table)} ${textOf(table, 'bound')}`;

export function dropSql(table: SchemaObject): string {
  return `DROP FOREIGN TABLE ${nameOf(table)}`;
}

/** `inlined` are the fragments of constraints. */
export function createSql(table: SchemaObject, inlined: readonly string[]): readonly string[] {
  const columns = columnsOf(table);
  const elements = [...columns.filter((column) => !column.inherited).map(definition), ...inlined];
  const parents = textsOf(table, 'inherits');
  const list = elements.length === 0 ? '()' : `(\n    ${elements.join(',\n    ')}\n)`;
  const inherits = parents.length === 0 ? '' : ` INHERITS (${parents.join(', ')})`;
  const server = ` SERVER ${quoteIdent(textOf(table, 'server') ?? '')}${optionsClause(optionsOf(table))}`;
  const later = columns.flatMap((column) => (column.inherited ? inheritedClauses(column) : laterClauses(column)));
  return [
    `CREATE FOREIGN TABLE ${nameOf(table)} ${list}${inherits}${server}`,
    ...later.map((clause) => alterSql(table, clause)),
    ...(textOf(table, 'partition_of') === null ? [] : [attachSql(table)]),
  ];
}

/** What a parent brings are name and type, NOT NULL and a default; setting these again as they are changes nothing. */
function inheritedClauses(column: Column): readonly string[] {
  return settingClauses(
    { ...column, options: {}, expression: null, not_null: false, storage: null, statistics_target: null, settings: {} },
    column,
  );
}

export function create(table: SchemaObject, context: OperationContext): readonly Operation[] {
  const undo = { sql: [dropSql(table)] };
  return createSql(table, context.inlined(table.address)).map((sql) => ({ sql, undo }));
}

interface Edit {
  readonly clause: string;
  readonly undo: string | null;
  readonly hazard?: Hazard;
}

export function alter({ before, after, changed }: SetChange): Alteration {
  if (['server', 'inherits', 'partition_of', 'bound'].some((name) => changed.has(name))) return 'replace';
  const edits = [...columnEdits(before, after), ...optionEdits(before, after)];
  const operations = edits.map(
    ({ clause, undo, hazard }): Operation => ({
      sql: alterSql(after, clause),
      lock: { mode: 'ACCESS EXCLUSIVE', address: after.address },
      hazards: hazard === undefined ? [] : [hazard],
      undo: undo === null ? { reason: 'the column would be another one, at the end' } : { sql: [alterSql(after, undo)] },
    }),
  );
  // Views and functions that use a column keep it from being dropped or given another type.
  return { operations, disturbs: edits.some(({ undo, clause }) => undo === null || clause.includes(' TYPE ')) };
}

function optionEdits(before: SchemaObject, after: SchemaObject): readonly Edit[] {
  const clause = optionsChange(optionsOf(before), optionsOf(after));
  return clause === null ? [] : [{ clause, undo: optionsChange(optionsOf(after), optionsOf(before)) ?? '' }];
}

function columnEdits(before: SchemaObject, after: SchemaObject): readonly Edit[] {
  const [from, to] = [columnsOf(before), columnsOf(after)];
  const old = new Map(from.map((column) => [column.name, column]));
  // The columns of a partition, and those that a parent brings, come and go with the parent's.
  const follows = (column: Column): boolean => column.inherited || textOf(after, 'partition_of') !== null;
  const again = to.filter((column) => {
    const was = old.get(column.name);
    return was !== undefined && needsNew(was, column);
  });
  const dropped = [...from.filter((column) => !to.some((other) => other.name === column.name)), ...again].filter(
    (column) => !follows(column),
  );
  const added = to.filter((column) => (!old.has(column.name) || again.includes(column)) && !follows(column));
  const kept = to.filter((column) => old.has(column.name) && !again.includes(column));
  const drop = (column: Column): Edit => ({
    clause: `DROP COLUMN ${quoteIdent(column.name)}`,
    undo: null,
    hazard: {
      code: 'drop-foreign-column',
      address: after.address,
      message: `queries that read ${quoteIdent(column.name)} of ${nameOf(after)} fail; what it shows is elsewhere and stays there`,
    },
  });
  return [
    ...dropped.map(drop),
    ...added.flatMap((column): readonly Edit[] => [
      { clause: `ADD COLUMN ${definition(column)}`, undo: `DROP COLUMN ${quoteIdent(column.name)}` },
      ...laterClauses(column).map((clause) => ({ clause, undo: `DROP COLUMN ${quoteIdent(column.name)}` })),
    ]),
    ...kept.flatMap((column) => keptEdits(old.get(column.name) as Column, column, follows(column))),
  ];
}

function keptEdits(before: Column, after: Column, follows: boolean): readonly Edit[] {
  const retype = (column: Column): string => `ALTER COLUMN ${quoteIdent(column.name)} SET DATA TYPE ${typeText(column)}`;
  const isRetyped = typeText(before) !== typeText(after) && !follows;
  const clauses = settingClauses(before, after);
  const undo = settingClauses(after, before).join(', ');
  return [
    ...(isRetyped ? [{ clause: retype(after), undo: retype(before) }] : []),
    ...(clauses.length > 0 ? [{ clause: clauses.join(', '), undo }] : []),
  ];
}
