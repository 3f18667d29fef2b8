/**
 * A column that is known by its old and its new name until the contract phase: a second column under the new name, kept in step both ways
 * and filled; then it goes, and the old one takes its name. So whatever hangs on the column stays as it is. Knows no order of steps.
 */
import type { Address } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import { backfill } from '../backfill.js';
import { dualWrite, imagesDiffer } from '../dual-write.js';
import type { Operation, OperationContext, SlowRename } from '../kind.js';
import { sameColumn } from '../lineage.js';
import { quoteIdent, quoteLiteral } from '../quote.js';
import { columnName, tableName, tableOf, typeText } from './definition.js';
import { renamedFamily } from './rename-family.js';
import { isSteady } from './volatility.js';

/** Null: the two cannot be kept in step. */
export function renameOnline(
  column: SchemaObject,
  to: string,
  renames: readonly Operation[],
  context: OperationContext,
  later: ReadonlySet<Address>,
): SlowRename | null {
  const table = context.current.get(tableOf(column));
  if (table === undefined || renames.length === 0 || textOf(column, 'generated') !== null) return null;
  if (context.children(context.current, column.address, 'sequence').length > 0) return null;
  const family = renamedFamily(column, table, context);
  if (family === null || textOf(table, 'of_type') !== null) return null;

  const [name, old, now] = [tableName(column), columnName(column), quoteIdent(to)];
  const lock = { mode: 'ACCESS EXCLUSIVE', address: table.address } as const;
  const found = context.children(context.current, column.address, 'default')[0];
  const expression = found === undefined ? null : textOf(found, 'expression');
  // What differs per row cannot be told from what a program gave.
  const shared = expression !== null && isSteady(expression) ? expression : null;
  const keeper = dualWrite({ table, name: column.parts.at(-1) ?? '', body: inStep(column, to, shared) }, context);
  const copies = family.flatMap(({ address }) => {
    const own = sameColumn(context.current, address, column)?.address ?? '';
    // Over several columns that are renamed it is built once, with the last of them.
    const isLast = (each: SchemaObject): boolean => !each.dependsOn.some((on) => later.has(on));
    const leaning = context.children(context.current, address).filter((each) => each.dependsOn.includes(own) && isLast(each));
    return leaning.flatMap((each) => context.beside(each, { from: column.parts.at(-1) ?? '', to })?.build ?? []);
  });
  return {
    expand: [
      { sql: `ALTER TABLE ${name} ADD COLUMN ${now} ${typeText(column)}`, lock, undo: { sql: [`ALTER TABLE ${name} DROP COLUMN ${now}`] } },
      ...(shared === null ? [] : [{ sql: `ALTER TABLE ${name} ALTER COLUMN ${now} SET DEFAULT ${shared}`, lock, undo: { sql: [] } }]),
      ...keeper.make,
      backfill({ table, column: column.address, set: `${now} = ${old}`, where: `${now} IS NULL AND ${old} IS NOT NULL` }, context),
      ...copies,
    ],
    contract: [
      ...keeper.remove,
      { sql: `ALTER TABLE ${name} DROP COLUMN ${now}`, lock, undo: { reason: 'programs may know the new name only' } },
      ...renames.map((operation) => ({ ...operation, hazards: [] })),
    ],
    renamesIn: 'contract',
  };
}

function inStep(column: SchemaObject, to: string, shared: string | null): string {
  const [old, now] = [columnName(column), quoteIdent(to)];
  const differ = imagesDiffer;
  const usual = shared === null ? `NULL::${textOf(column, 'type')}` : `(${shared})::${textOf(column, 'type')}`;
  const given = (name: string): string => (shared === null ? `NEW.${name} IS NOT NULL` : differ(`NEW.${name}`, usual));
  const table = tableName(column);
  const conflict = quoteLiteral(`${table}: ${old} and ${now} are two names of one column and were given two values`);
  return [
    "IF TG_OP = 'INSERT' THEN",
    `  IF ${given(now)} AND ${shared === null ? 'TRUE' : `NOT (${given(old)})`} THEN`,
    `    NEW.${old} := NEW.${now};`,
    `  ELSIF ${given(now)} AND ${differ(`NEW.${old}`, `NEW.${now}`)} THEN`,
    `    RAISE EXCEPTION ${conflict} USING ERRCODE = 'integrity_constraint_violation';`,
    '  ELSE',
    `    NEW.${now} := NEW.${old};`,
    '  END IF;',
    `ELSIF ${differ(`NEW.${now}`, `OLD.${now}`)} AND NOT (${differ(`NEW.${old}`, `OLD.${old}`)}) THEN`,
    `  NEW.${old} := NEW.${now};`,
    `ELSIF ${differ(`NEW.${now}`, `OLD.${now}`)} AND ${differ(`NEW.${old}`, `NEW.${now}`)} THEN`,
    `  RAISE EXCEPTION ${conflict} USING ERRCODE = 'integrity_constraint_violation';`,
    'ELSE',
    `  NEW.${now} := NEW.${old};`,
    'END IF;',
  ].join('\n');
}
