/** The statements that make and change a publication. */

import { formatAddress } from '../../core/address.js';
import { canonicalJson, type Json } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import type { PlanRequirement } from '../../core/plan.js';
import { flagOf, recordsOf, textOf, textsOf } from '../attribute-values.js';
import { writeNames } from '../index-elements.js';
import type { Alteration, Operation, SetChange } from '../kind.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteIdent, quoteName } from '../quote.js';
import { CREATE_IN_DATABASE, SUPERUSER } from '../requirements.js';

export const reference = (object: SchemaObject): string => `PUBLICATION ${quoteName(object.parts)}`;

interface Member {
  /** What DROP names. */
  readonly slot: string;
  readonly item: string;
  readonly value: string;
  readonly table: string | null;
}

/** ONLY: children and partitions that are published for themselves are members of their own. */
function membersOf(object: SchemaObject): readonly Member[] {
  const tables = recordsOf(object, 'tables').map((record): Member => {
    const columns = record.columns;
    const list = Array.isArray(columns) ? ` (${writeNames(columns.map(String))})` : '';
    const where = record.where === null ? '' : ` WHERE (${record.where})`;
    const slot = `TABLE ONLY ${record.name}`;
    return { slot, item: `${slot}${list}${where}`, value: canonicalJson(record as Json), table: String(record.name) };
  });
  const schemas = textsOf(object, 'schemas').map((name): Member => {
    const item = `TABLES IN SCHEMA ${quoteIdent(name)}`;
    return { slot: item, item, value: item, table: null };
  });
  return [...tables, ...schemas];
}

/** How each option is said; generated columns are new in 18 and no option before. */
function optionsOf(object: SchemaObject): ReadonlyMap<string, string> {
  const generated = textOf(object, 'generated_columns');
  return new Map([
    ['operations', `publish = '${textsOf(object, 'operations').join(', ')}'`],
    ['via_partition_root', `publish_via_partition_root = ${flagOf(object, 'via_partition_root')}`],
    ...(generated === null ? [] : [['generated_columns', `publish_generated_columns = ${generated}`] as const]),
  ]);
}

export function createSql(object: SchemaObject): string {
  const members = flagOf(object, 'all_tables') ? ['ALL TABLES'] : membersOf(object).map(({ item }) => item);
  const published = members.length > 0 ? ` FOR ${members.join(', ')}` : '';
  return `CREATE ${reference(object)}${published} WITH (${[...optionsOf(object).values()].join(', ')})`;
}

export function create(object: SchemaObject): readonly Operation[] {
  const members = membersOf(object);
  const own = flagOf(object, 'all_tables') ? SUPERUSER : ownership(members);
  return [
    { sql: createSql(object), ...lock(members), requires: [...CREATE_IN_DATABASE, ...own], undo: { sql: [`DROP ${reference(object)}`] } },
  ];
}

/** A superuser alone publishes what others will make. */
function ownership(members: readonly Member[]): readonly PlanRequirement[] {
  if (members.some(({ table }) => table === null)) return SUPERUSER;
  return members.map(({ table }) => ({ privilege: 'OWNER', on: formatAddress('table', namePartsOf(table ?? '')) }));
}

/** Adding a table keeps its definition still, not its readers and writers. */
function lock(members: readonly Member[]): Pick<Operation, 'lock'> {
  const table = members.find((member) => member.table !== null)?.table ?? null;
  return table === null ? {} : { lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: formatAddress('table', namePartsOf(table)) } };
}

function differences(
  from: SchemaObject,
  to: SchemaObject,
): readonly (Pick<Operation, 'sql' | 'requires'> & { readonly members: readonly Member[] })[] {
  const [before, after] = [membersOf(from), membersOf(to)];
  const gone = before.filter((member) => !after.some((other) => other.value === member.value));
  const added = after.filter((member) => !before.some((other) => other.value === member.value));
  const options = [...optionsOf(to)].filter(([name, text]) => optionsOf(from).get(name) !== text).map(([, text]) => text);
  const name = reference(to);
  // What is published of a table cannot be changed in place: it is taken out and put in again, in one transaction.
  return [
    ...(gone.length > 0 ? [{ sql: `ALTER ${name} DROP ${gone.map(({ slot }) => slot).join(', ')}`, members: gone, requires: [] }] : []),
    ...(added.length > 0
      ? [{ sql: `ALTER ${name} ADD ${added.map(({ item }) => item).join(', ')}`, members: added, requires: ownership(added) }]
      : []),
    ...(options.length > 0 ? [{ sql: `ALTER ${name} SET (${options.join(', ')})`, members: [], requires: [] }] : []),
  ];
}

export function alter({ before, after, changed }: SetChange): Alteration {
  if (changed.has('all_tables')) return 'replace';
  const undo = { sql: differences(after, before).map(({ sql }) => sql) };
  const message = `subscribers of ${quoteName(after.parts)} get other rows from now on, and those of added tables only after a refresh`;
  const hazards = [{ code: 'alter-publication', address: after.address, message }];
  return {
    operations: differences(before, after).map(({ sql, members, requires }) => ({
      sql,
      ...lock(members),
      requires: requires ?? [],
      hazards,
      undo,
    })),
  };
}
