/** Statements that make, change and remove a materialized view. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { optionsOf } from '../attribute-values.js';
import { extensionClauses } from '../extension-dependence.js';
import type { Alteration, Hazard, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { optionClauses, type RelationOptions, withOptions } from '../relation-options.js';
import { relationsUnder } from '../requirements.js';
import type { SelectColumn } from '../select-relation.js';

interface ColumnSettings {
  readonly statistics?: number;
  readonly storage?: string;
  readonly compression?: string;
  readonly options?: RelationOptions;
}

interface Attributes {
  readonly columns: readonly SelectColumn[];
  readonly definition: string;
  readonly options: RelationOptions;
  readonly column_settings: { readonly [column: string]: ColumnSettings };
  readonly tablespace: string | null;
  readonly access_method: string | null;
  readonly replica_identity: 'default' | 'nothing' | 'full' | 'index';
  readonly depends_on_extensions: readonly string[];
}

const read = (view: SchemaObject): Attributes => ({
  ...(view.attributes as JsonObject as unknown as Attributes),
  options: optionsOf(view),
});

export function nameOf(view: SchemaObject): string {
  return quoteName(view.parts);
}

export function create(view: SchemaObject, context: OperationContext): readonly Operation[] {
  const { definition, options, tablespace, access_method: method } = read(view);
  const using = method === null ? '' : ` USING ${quoteIdent(method)}`;
  const space = tablespace === null ? '' : ` TABLESPACE ${quoteIdent(tablespace)}`;
  const hazard: Hazard = {
    code: 'materialized-view-build',
    address: view.address,
    message: `the query of ${nameOf(view)} runs in full and its result is written`,
  };
  return [
    {
      sql: `CREATE MATERIALIZED VIEW ${nameOf(view)}${using}${withOptions(options)}${space} AS\n${definition}\nWITH DATA`,
      hazards: context.isDropped(view.address) ? [hazard] : [],
      dependsOnData: true,
      // It is filled at once, by the rights of whoever makes it.
      requires: relationsUnder(view, context.desired).map((on) => ({ privilege: 'SELECT', on })),
      undo: { sql: [`DROP MATERIALIZED VIEW ${nameOf(view)}`] },
    },
    ...actions(null, view).map((action) => alteration(view, action)),
  ];
}

/** What follows ALTER MATERIALIZED VIEW name between two states of what can be altered one by one; `before` null: as created. */
function actions(before: SchemaObject | null, after: SchemaObject): readonly string[] {
  const from = before ? read(before) : null;
  const to = read(after);
  const out: string[] = from ? [...optionClauses(from.options, to.options)] : [];
  if (from && from.tablespace !== to.tablespace) out.push(`SET TABLESPACE ${quoteIdent(to.tablespace ?? 'pg_default')}`);
  if (from && from.access_method !== to.access_method) out.push(`SET ACCESS METHOD ${quoteIdent(to.access_method ?? 'heap')}`);
  for (const { name, type } of to.columns) {
    out.push(...columnActions(name, type, from?.column_settings[name] ?? {}, to.column_settings[name] ?? {}));
  }
  // "index" is said by the index: REPLICA IDENTITY USING INDEX is its statement.
  if ((from?.replica_identity ?? 'default') !== to.replica_identity && to.replica_identity !== 'index') {
    out.push(`REPLICA IDENTITY ${to.replica_identity.toUpperCase()}`);
  }
  out.push(...extensionClauses(from?.depends_on_extensions ?? [], to.depends_on_extensions));
  return out;
}

function columnActions(name: string, type: string, before: ColumnSettings, after: ColumnSettings): readonly string[] {
  const column = `ALTER COLUMN ${quoteIdent(name)}`;
  const out = optionClauses(before.options ?? {}, after.options ?? {}).map((clause) => `${column} ${clause}`);
  if (before.statistics !== after.statistics) out.push(`${column} SET STATISTICS ${after.statistics ?? -1}`);
  if (before.storage !== after.storage) out.push(`${column} SET STORAGE ${after.storage ?? defaultStorage(type)}`);
  if (before.compression !== after.compression) out.push(`${column} SET COMPRESSION ${after.compression ?? 'default'}`);
  return out;
}

/** SET STORAGE DEFAULT exists from PostgreSQL 16; before that the type's own strategy is named. Only these built-in types have another. */
function defaultStorage(type: string): string {
  return /^(numeric|inet|cidr)/.test(type) && !type.endsWith('[]') ? 'MAIN' : 'EXTENDED';
}

function alteration(view: SchemaObject, action: string, undo: readonly string[] = []): Operation {
  const rewrites = /^SET (TABLESPACE|ACCESS METHOD)/.test(action);
  const light = /^ALTER COLUMN \S+ (SET STATISTICS|SET \(|RESET \()/.test(action);
  return {
    sql: `ALTER MATERIALIZED VIEW ${nameOf(view)} ${action}`,
    lock: { mode: light ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE', address: view.address },
    hazards: rewrites
      ? [{ code: 'table-rewrite', address: view.address, message: `${nameOf(view)} is rewritten under a lock that blocks its readers` }]
      : [],
    undo: { sql: undo },
  };
}

export function alter({ before, after, changed }: SetChange, context: OperationContext): Alteration {
  // SET ACCESS METHOD came with PostgreSQL 15.
  if (changed.has('definition') || changed.has('columns') || (changed.has('access_method') && context.major < 15)) return 'replace';
  const back = actions(after, before).map((action) => `ALTER MATERIALIZED VIEW ${nameOf(after)} ${action}`);
  return { operations: actions(before, after).map((action) => alteration(after, action, back)) };
}

export function drop(view: SchemaObject, context: OperationContext): readonly Operation[] {
  const { address } = view;
  const hazard: Hazard = context.isNew(address)
    ? {
        code: 'destructive-replace',
        address,
        message: `${nameOf(view)} is dropped and built again, with its indexes and what depends on it`,
      }
    : { code: 'drop-materialized-view', address, message: `the stored rows of ${nameOf(view)} are lost`, destructive: true };
  return [
    {
      sql: `DROP MATERIALIZED VIEW ${nameOf(view)}`,
      lock: { mode: 'ACCESS EXCLUSIVE', address },
      hazards: [hazard],
      undo: { reason: 'the stored rows are gone; building it again runs its query on the rows of today' },
    },
  ];
}

export function rename(view: SchemaObject, to: string): readonly Operation[] {
  const { address } = view;
  const statement = (from: readonly string[], name: string): string =>
    `ALTER MATERIALIZED VIEW ${quoteName(from)} RENAME TO ${quoteIdent(name)}`;
  return [
    {
      sql: statement(view.parts, to),
      lock: { mode: 'ACCESS EXCLUSIVE', address },
      hazards: [
        { code: 'rename-materialized-view', address, message: `queries that name ${nameOf(view)} fail until they use the new name` },
      ],
      undo: { sql: [statement([...view.parts.slice(0, -1), to], view.parts.at(-1) ?? '')] },
    },
  ];
}
