/** Takes a partition key apart as pg_get_partkeydef() prints it; knows nothing of bounds. */

import { formatAddress } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { textOf } from './attribute-values.js';
import { namePartsOf } from './qualified-name.js';
import { splitOutside } from './split-text.js';

export interface KeyPart {
  /** A column or an expression, as SQL; what is compared has its collation too. */
  readonly sql: string;
  readonly compared: string;
  /** Name of the column that it is; null: an expression. */
  readonly column: string | null;
}

export interface PartitionKey {
  readonly strategy: 'RANGE' | 'LIST' | 'HASH';
  readonly parts: readonly KeyPart[];
}

const KEY = /^(RANGE|LIST|HASH) \((.+)\)$/s;
/** As quote_ident() writes it. */
const NAME = /^(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")+")$/;
const STRATEGIES: ReadonlyMap<string, PartitionKey['strategy']> = new Map([
  ['RANGE', 'RANGE'],
  ['LIST', 'LIST'],
  ['HASH', 'HASH'],
]);

/** Null: it has an operator class of its own, whose operators have names that are not told. */
export function readPartitionKey(text: string): PartitionKey | null {
  const [, word = '', list = ''] = KEY.exec(text) ?? [];
  const strategy = STRATEGIES.get(word);
  if (strategy === undefined) return null;
  const parts: KeyPart[] = [];
  for (const each of splitOutside(list, ',')) {
    const [sql = '', collate, collation, ...more] = splitOutside(each, ' ');
    if ((collate !== undefined && collate !== 'COLLATE') || more.length > 0) return null;
    const compared = collation === undefined ? sql : `${sql} COLLATE ${collation}`;
    parts.push({ sql, compared, column: NAME.test(sql) ? (namePartsOf(sql)[0] ?? null) : null });
  }
  return { strategy, parts };
}

/** Types that hash alike whatever the collation, because they have none. */
const WITHOUT_COLLATION =
  /^(smallint|integer|bigint|numeric|real|double precision|boolean|uuid|date|interval|bytea|inet|cidr|macaddr8?|oid|jsonb|pg_lsn|time(stamp)? with(out)? time zone)$/;

/** Whether all of the key is columns of types that have no collation. Typmods (numeric(5,2), timestamp(3) …) do not count. */
export function hasNoCollation(key: PartitionKey, table: SchemaObject, state: State): boolean {
  return key.parts.every(({ column }) => {
    const object = column === null ? undefined : state.get(formatAddress('column', [...table.parts, column]));
    const type = textOf(object ?? table, 'type')?.replace(/\([0-9,]+\)/, '') ?? '';
    const isEnum = object?.dependsOn.some((on) => on.startsWith('enum:')) === true && !type.endsWith('[]');
    return WITHOUT_COLLATION.test(type) || isEnum;
  });
}

/**
 * Whether operators may be meant that are not PostgreSQL's own: those of an extension's or a base type's are not found under an empty
 * search path, and others in their place would compare otherwise. The table itself leans on the operator classes of its key; by columns only
 * those of the key count, by an expression all.
 */
export function hasForeignOperators(key: PartitionKey, table: SchemaObject, state: State): boolean {
  const columns = key.parts.map(({ column }) => column);
  const members = [...state.values()].filter(({ kind, parent }) => kind === 'column' && parent === table.address);
  const counted = members.filter(({ parts }) => columns.includes(null) || columns.includes(parts.at(-1) ?? ''));
  return [table, ...counted].some(({ dependsOn }) => dependsOn.some((on) => /^(extension|base_type|operator_class):/.test(on)));
}
