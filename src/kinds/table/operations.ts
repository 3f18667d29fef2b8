/** The statements that make, change and remove a table; knows nothing of its columns and constraints but their fragments. */

import { type Address, formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import type { PlanRequirement } from '../../core/plan.js';
import { flagOf, optionsOf, textOf, textsOf } from '../attribute-values.js';
import type { Alteration, Hazard, LockMode, Operation, OperationContext, SetChange } from '../kind.js';
import { tableMembers } from '../lineage.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteIdent, quoteName } from '../quote.js';
import { optionClauses, withOptions } from '../relation-options.js';
import { repartition } from './repartition.js';
import { partitionsOf } from './second-table.js';

export function create(table: SchemaObject, context: OperationContext): readonly Operation[] {
  const name = quoteName(table.parts);
  const unlogged = textOf(table, 'persistence') === 'unlogged' ? 'UNLOGGED ' : '';
  const fragments = context.inlined(table.address).filter((fragment) => fragment !== '');
  const type = textOf(table, 'of_type');
  const body = fragments.length > 0 ? `(\n  ${fragments.join(',\n  ')}\n)` : '()';
  const columns = type === null ? body : `OF ${type}${fragments.length > 0 ? ` ${body}` : ''}`;
  const sql = `CREATE ${unlogged}TABLE ${name} ${columns}${clauses(table)}`;
  const requires = ownsParents(textsOf(table, 'inherits'));
  return [{ sql, requires, undo: { sql: [`DROP TABLE ${name}`] } }, ...rowSecurity(table, null)];
}

const ownsParents = (names: readonly string[]): readonly PlanRequirement[] =>
  names.map((name) => ({ privilege: 'OWNER', on: formatAddress('table', namePartsOf(name)) }));

/** INHERITS, PARTITION BY, USING, WITH, TABLESPACE: what follows the columns, in the grammar's order. */
function clauses(table: SchemaObject): string {
  const parents = textsOf(table, 'inherits');
  const key = textOf(table, 'partition_key');
  const method = textOf(table, 'access_method');
  const tablespace = textOf(table, 'tablespace');
  return [
    parents.length > 0 ? `\nINHERITS (${parents.join(', ')})` : '',
    key === null ? '' : `\nPARTITION BY ${key}`,
    method === null ? '' : `\nUSING ${quoteIdent(method)}`,
    withOptions(optionsOf(table)).replace(/^ /, '\n'),
    tablespace === null ? '' : `\nTABLESPACE ${quoteIdent(tablespace)}`,
  ].join('');
}

/** ALTER TABLE statements for both flags; `before` is null for a new table, whose rows nobody can miss. */
function rowSecurity(table: SchemaObject, before: SchemaObject | null): readonly Operation[] {
  const operations: Operation[] = [];
  const name = quoteName(table.parts);
  const add = (attribute: string, on: string, off: string, code: string, warning: string): void => {
    const wanted = flagOf(table, attribute);
    if (wanted === (before !== null && flagOf(before, attribute))) return;
    operations.push({
      sql: `ALTER TABLE ${name} ${wanted ? on : off} ROW LEVEL SECURITY`,
      undo: { sql: [`ALTER TABLE ${name} ${wanted ? off : on} ROW LEVEL SECURITY`] },
      ...(before === null
        ? {}
        : locked(table, 'ACCESS EXCLUSIVE', [
            {
              code: wanted ? code : 'disable-rls',
              address: table.address,
              message: wanted ? warning : `${name} no longer hides rows by its policies`,
            },
          ])),
    });
  };
  add('row_security', 'ENABLE', 'DISABLE', 'enable-rls', `every row of ${name} that no policy allows disappears for all but its owner`);
  add('force_row_security', 'FORCE', 'NO FORCE', 'enable-rls', `the policies of ${name} apply to its owner too`);
  return operations;
}

function locked(table: SchemaObject, mode: LockMode, hazards: readonly Hazard[] = []): Pick<Operation, 'lock' | 'hazards'> {
  const lock = { mode, address: table.address };
  return hazards.length > 0 ? { lock, hazards } : { lock };
}

export function alter({ before, after, changed, anew }: SetChange, context: OperationContext): Alteration {
  if (anew || (changed.has('partition_key') && canRepartition(before, context)))
    return repartition({ before, after, changed }, rowSecurity(after, null), context);
  if (mustReplace(before, after, changed, context)) return 'replace';
  const name = quoteName(after.parts);
  const operations: Operation[] = [];
  const ofToast: Operation[] = [];
  const members = tableMembers(context.desired, after.address);
  const statement = (to: string, back: string, mode: LockMode, hazards: readonly Hazard[] = []): Operation => ({
    sql: `ALTER TABLE ${name} ${to}`,
    undo: { sql: [`ALTER TABLE ${name} ${back}`] },
    ...locked(after, mode, hazards),
  });
  const push = (to: string, back: string, mode: LockMode = 'ACCESS EXCLUSIVE', hazards: readonly Hazard[] = []): void => {
    operations.push(statement(to, back, mode, hazards));
  };
  const rewrites = (what: string): readonly Hazard[] => [
    { code: 'table-rewrite', address: after.address, message: `${what} writes all of ${name} anew while nobody can read or write it` },
  ];
  const parents = changed.has('inherits') ? inheritance(before, after, members) : null;
  operations.push(...(parents?.off ?? []));
  if (changed.has('of_type')) {
    const [from, to] = [textOf(before, 'of_type'), textOf(after, 'of_type')];
    push(to === null ? 'NOT OF' : `OF ${to}`, from === null ? 'NOT OF' : `OF ${from}`);
  }
  if (changed.has('persistence')) {
    const unlogged = textOf(after, 'persistence') === 'unlogged';
    push(
      unlogged ? 'SET UNLOGGED' : 'SET LOGGED',
      unlogged ? 'SET LOGGED' : 'SET UNLOGGED',
      'ACCESS EXCLUSIVE',
      rewrites('changing the persistence'),
    );
  }
  if (changed.has('access_method')) {
    const clause = (table: SchemaObject): string => `SET ACCESS METHOD ${accessMethod(table)}`;
    push(clause(after), clause(before), 'ACCESS EXCLUSIVE', partitioned(after) ? [] : rewrites('changing the access method'));
  }
  if (changed.has('tablespace')) {
    const clause = (table: SchemaObject): string => `SET TABLESPACE ${quoteIdent(textOf(table, 'tablespace') ?? 'pg_default')}`;
    push(clause(after), clause(before), 'ACCESS EXCLUSIVE', partitioned(after) ? [] : rewrites('moving to another tablespace'));
  }
  if (changed.has('options')) {
    const back = optionClauses(optionsOf(after), optionsOf(before));
    for (const clause of optionClauses(optionsOf(before), optionsOf(after))) {
      const mode = clause.includes('user_catalog_table') ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE';
      // Without a column that may be long there is no TOAST table, and what is set of it is lost without a word [run on 15 and 18].
      if (clause.includes('toast.')) ofToast.push({ ...statement(clause, back.join(', '), mode), awaits: members });
      else push(clause, back.join(', '), mode);
    }
  }
  operations.push(...rowSecurity(after, before), ...(parents?.on ?? []), ...ofToast);
  if (!changed.has('persistence')) return { operations };
  const isUnlogged = textOf(after, 'persistence') === 'unlogged';
  const references = referencesOf(before, isUnlogged, context);
  return { operations, follows: isUnlogged ? [...publicationsOf(before, context), ...references] : references };
}

/**
 * A table that is logged may only refer to one that is logged as well. So what refers to a table becomes unlogged before it, and what it
 * refers to becomes logged before it, or the foreign key between them goes.
 */
function referencesOf(table: SchemaObject, toIt: boolean, { current, desired, isDropped }: OperationContext): readonly Address[] {
  return [...current.values()].flatMap((object) => {
    if (object.kind !== 'constraint' || textOf(object, 'type') !== 'foreign') return [];
    const target = formatAddress('table', namePartsOf(textOf(object, 'references') ?? ''));
    const source = object.parent ?? '';
    if (source === target || (toIt ? target : source) !== table.address) return [];
    const after = desired.get(object.address);
    const stays = after !== undefined && !isDropped(object.address) && textOf(after, 'references') === textOf(object, 'references');
    return [stays ? (toIt ? source : target) : object.address];
  });
}

/** No publication may hold a table that is not logged. */
function publicationsOf(table: SchemaObject, { current }: OperationContext): readonly Address[] {
  return [...current.values()]
    .filter((object) => object.kind === 'publication' && object.dependsOn.includes(table.address))
    .map((object) => object.address);
}

const partitioned = (table: SchemaObject): boolean => textOf(table, 'partition_key') !== null;

/** A partitioned table without an access method of its own goes back to the default (17). */
function accessMethod(table: SchemaObject): string {
  return quoteIdent(textOf(table, 'access_method') ?? 'heap').replace(/^heap$/, partitioned(table) ? 'DEFAULT' : 'heap');
}

/** Partitions of the same names as before would have to be in two places at once. */
function canRepartition(before: SchemaObject, context: OperationContext): boolean {
  return partitionsOf(before, context.current).every(({ parent }) => parent === null || !context.desired.has(parent));
}

/**
 * The partition key is fixed at creation; the persistence of a partitioned table too (SET LOGGED is accepted there and does nothing
 * [15]); the access method of a table before 15, of a partitioned one before 17.
 */
function mustReplace(before: SchemaObject, after: SchemaObject, changed: ReadonlySet<string>, context: OperationContext): boolean {
  if (changed.has('partition_key')) return true;
  if (changed.has('persistence') && partitioned(before)) return true;
  return changed.has('access_method') && context.major < (partitioned(after) ? 17 : 15);
}

/**
 * Parents keep their order only if everything behind the first difference is taken off and put on again. INHERIT wants the columns and checks
 * of the parent to be there.
 */
function inheritance(
  before: SchemaObject,
  after: SchemaObject,
  members: readonly Address[],
): { readonly off: readonly Operation[]; readonly on: readonly Operation[] } {
  const [from, to] = [textsOf(before, 'inherits'), textsOf(after, 'inherits')];
  // A parent that was renamed is the same parent under another name.
  const tables = (table: SchemaObject): string => table.dependsOn.filter((address) => address.startsWith('table:')).join();
  if (from.length === 1 && to.length === 1 && tables(before) === tables(after)) return { off: [], on: [] };
  let same = 0;
  while (same < from.length && from[same] === to[same]) same += 1;
  const name = quoteName(after.parts);
  const step = (word: string, parent: string, back: string): Operation => ({
    sql: `ALTER TABLE ${name} ${word} ${parent}`,
    requires: ownsParents([parent]),
    undo: { sql: [`ALTER TABLE ${name} ${back} ${parent}`] },
    ...locked(after, 'ACCESS EXCLUSIVE'),
  });
  return {
    off: from.slice(same).map((parent) => step('NO INHERIT', parent, 'INHERIT')),
    on: to.slice(same).map((parent) => ({ ...step('INHERIT', parent, 'NO INHERIT'), awaits: members })),
  };
}

export function drop(table: SchemaObject): readonly Operation[] {
  const name = quoteName(table.parts);
  const message = partitioned(table)
    ? `drops ${name} and every partition that is still attached to it, with all rows`
    : `drops ${name} with all its rows`;
  return [
    {
      sql: `DROP TABLE ${name}`,
      ...locked(table, 'ACCESS EXCLUSIVE', [{ code: 'drop-table', address: table.address, message, destructive: true }]),
      undo: { reason: 'the rows are gone' },
    },
  ];
}

export function rename(table: SchemaObject, to: string): readonly Operation[] {
  const [name, schema] = [quoteName(table.parts), quoteIdent(table.parts[0] ?? '')];
  return [
    {
      sql: `ALTER TABLE ${name} RENAME TO ${quoteIdent(to)}`,
      ...locked(table, 'ACCESS EXCLUSIVE', [
        { code: 'rename-table', address: table.address, message: `statements of running programs that name ${name} fail from then on` },
      ]),
      undo: { sql: [`ALTER TABLE ${schema}.${quoteIdent(to)} RENAME TO ${quoteIdent(table.parts.at(-1) ?? '')}`] },
    },
  ];
}
