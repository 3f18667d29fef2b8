/** Writes a trigger as SQL from its attributes; knows no plan. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf, textsOf } from '../attribute-values.js';
import { writeNames } from '../index-elements.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';

export function nameOfTrigger(object: SchemaObject): string {
  return object.parts[2] ?? '';
}

export function tableOf(object: SchemaObject): string {
  return quoteName(object.parts.slice(0, 2));
}

export function isConstraint(object: SchemaObject): boolean {
  return flagOf(object, 'constraint');
}

export function createSql(object: SchemaObject, orReplace: boolean): string {
  const when = textOf(object, 'when');
  const constraint = isConstraint(object);
  return [
    `CREATE ${orReplace ? 'OR REPLACE ' : ''}${constraint ? 'CONSTRAINT ' : ''}TRIGGER ${quoteIdent(nameOfTrigger(object))}`,
    `${(textOf(object, 'timing') ?? '').toUpperCase()} ${events(object)} ON ${tableOf(object)}`,
    ...(constraint ? deferral(object) : []),
    ...transitionTables(object),
    `FOR EACH ${(textOf(object, 'level') ?? '').toUpperCase()}`,
    ...(when === null ? [] : [`WHEN (${when})`]),
    `EXECUTE FUNCTION ${textOf(object, 'function') ?? ''}(${textsOf(object, 'arguments').map(quoteLiteral).join(', ')})`,
  ].join(' ');
}

function events(object: SchemaObject): string {
  const columns = textsOf(object, 'update_of');
  return textsOf(object, 'events')
    .map((event) => (event === 'update' && columns.length > 0 ? `UPDATE OF ${writeNames(columns)}` : event.toUpperCase()))
    .join(' OR ');
}

function deferral(object: SchemaObject): readonly string[] {
  const from = textOf(object, 'from_table');
  return [
    ...(from === null ? [] : [`FROM ${from}`]),
    ...(flagOf(object, 'deferrable') ? ['DEFERRABLE'] : []),
    ...(flagOf(object, 'initially_deferred') ? ['INITIALLY DEFERRED'] : []),
  ];
}

function transitionTables(object: SchemaObject): readonly string[] {
  const named = (['old', 'new'] as const).flatMap((side) => {
    const name = textOf(object, `${side}_table`);
    return name === null ? [] : [`${side.toUpperCase()} TABLE AS ${quoteIdent(name)}`];
  });
  return named.length > 0 ? [`REFERENCING ${named.join(' ')}`] : [];
}

const STATES: Readonly<Record<string, string>> = {
  origin: 'ENABLE',
  disabled: 'DISABLE',
  replica: 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
};

/** With the copies on partitions, unless it is for the one on `only`. */
export function enableSql(object: SchemaObject, state: string, only: string | null = null): string {
  const table = only === null ? tableOf(object) : `ONLY ${only}`;
  return `ALTER TABLE ${table} ${STATES[state] ?? 'ENABLE'} TRIGGER ${quoteIdent(nameOfTrigger(object))}`;
}
