/** Writes a table constraint as SQL from its attributes; knows no plan. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, optionsOf, recordsOf, textOf, textsOf } from '../attribute-values.js';
import { writeElements, writeNames } from '../index-elements.js';
import { quoteIdent, quoteName } from '../quote.js';
import { withOptions } from '../relation-options.js';

export function nameOfConstraint(object: SchemaObject): string {
  return object.parts[2] ?? '';
}

export function tableOf(object: SchemaObject): string {
  return quoteName(object.parts.slice(0, 2));
}

export function hasIndex(object: SchemaObject): boolean {
  return isKey(object) || textOf(object, 'type') === 'exclusion';
}

/** Primary or unique. */
export function isKey(object: SchemaObject): boolean {
  const type = textOf(object, 'type');
  return type === 'primary' || type === 'unique';
}

/** `CONSTRAINT name …` as it stands in CREATE TABLE and after ALTER TABLE … ADD; `name` may be another one for the time being. */
export function fragment(object: SchemaObject, name = nameOfConstraint(object)): string {
  return [`CONSTRAINT ${quoteIdent(name)}`, body(object), ...deferral(object), ...enforcement(object)].join(' ');
}

function body(object: SchemaObject): string {
  switch (textOf(object, 'type')) {
    case 'primary':
      return `PRIMARY KEY (${columns(object, 'columns', 'suffix')})${indexTail(object)}`;
    case 'unique':
      return `UNIQUE ${flagOf(object, 'nulls_not_distinct') ? 'NULLS NOT DISTINCT ' : ''}(${columns(object, 'columns', 'suffix')})${indexTail(object)}`;
    case 'exclusion':
      return `EXCLUDE USING ${quoteIdent(textOf(object, 'method') ?? '')} (${writeElements(recordsOf(object, 'elements'))})${indexTail(object)}`;
    case 'check':
      return `CHECK (${textOf(object, 'expression') ?? ''})${flagOf(object, 'no_inherit') ? ' NO INHERIT' : ''}`;
    default:
      return foreignKey(object);
  }
}

/** With WITHOUT OVERLAPS (and PERIOD on the foreign side) it is always the last column that is the range. */
function columns(object: SchemaObject, attribute: string, period: 'prefix' | 'suffix'): string {
  const names = textsOf(object, attribute).map(quoteIdent);
  if (flagOf(object, 'without_overlaps')) {
    const last = names.pop() ?? '';
    names.push(period === 'prefix' ? `PERIOD ${last}` : `${last} WITHOUT OVERLAPS`);
  }
  return names.join(', ');
}

function indexTail(object: SchemaObject): string {
  const include = textsOf(object, 'include');
  const tablespace = textOf(object, 'tablespace');
  const predicate = textOf(object, 'predicate');
  return [
    include.length > 0 ? ` INCLUDE (${writeNames(include)})` : '',
    withOptions(optionsOf(object)),
    tablespace === null ? '' : ` USING INDEX TABLESPACE ${quoteIdent(tablespace)}`,
    predicate === null ? '' : ` WHERE (${predicate})`,
  ].join('');
}

function foreignKey(object: SchemaObject): string {
  const action = (name: string): string => (textOf(object, name) ?? 'no action').toUpperCase();
  const only = textsOf(object, 'on_delete_columns');
  return [
    `FOREIGN KEY (${columns(object, 'columns', 'prefix')})`,
    `REFERENCES ${textOf(object, 'references') ?? ''} (${columns(object, 'references_columns', 'prefix')})`,
    ...(textOf(object, 'match') === 'full' ? ['MATCH FULL'] : []),
    ...(action('on_update') === 'NO ACTION' ? [] : [`ON UPDATE ${action('on_update')}`]),
    ...(action('on_delete') === 'NO ACTION' ? [] : [`ON DELETE ${action('on_delete')}`]),
    ...(only.length > 0 ? [`(${writeNames(only)})`] : []),
  ].join(' ');
}

export function deferral(object: SchemaObject): readonly string[] {
  if (flagOf(object, 'initially_deferred')) return ['DEFERRABLE INITIALLY DEFERRED'];
  return flagOf(object, 'deferrable') ? ['DEFERRABLE'] : [];
}

function enforcement(object: SchemaObject): readonly string[] {
  if (object.attributes.enforced === false) return ['NOT ENFORCED'];
  return object.attributes.validated === false ? ['NOT VALID'] : [];
}

/** The unique index that a key is made from. USING INDEX takes default order and operator classes only, as a key has them. */
export function uniqueIndex(object: SchemaObject, how: 'CONCURRENTLY ' | '', name = nameOfConstraint(object)): string {
  const include = textsOf(object, 'include');
  const tablespace = textOf(object, 'tablespace');
  return [
    `CREATE UNIQUE INDEX ${how}${quoteIdent(name)} ON ${tableOf(object)} (${writeNames(textsOf(object, 'columns'))})`,
    include.length > 0 ? ` INCLUDE (${writeNames(include)})` : '',
    flagOf(object, 'nulls_not_distinct') ? ' NULLS NOT DISTINCT' : '',
    withOptions(optionsOf(object)),
    tablespace === null ? '' : ` TABLESPACE ${quoteIdent(tablespace)}`,
  ].join('');
}

/** ALTER TABLE … ADD CONSTRAINT … USING INDEX: the index takes the constraint's name. */
export function addUsingIndex(object: SchemaObject, index = nameOfConstraint(object)): string {
  const type = textOf(object, 'type') === 'primary' ? 'PRIMARY KEY' : 'UNIQUE';
  const tail = deferral(object)
    .map((words) => ` ${words}`)
    .join('');
  return `ALTER TABLE ${tableOf(object)} ADD CONSTRAINT ${quoteIdent(nameOfConstraint(object))} ${type} USING INDEX ${quoteIdent(index)}${tail}`;
}
