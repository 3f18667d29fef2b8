/**
 * The trigger that keeps two columns of a table in step while both are used: it decides by which of them changed, in whatever session and
 * under whatever search_path. Knows no kind and no reason for it.
 */
import type { SchemaObject } from '../core/object.js';
import { freeNameFor } from './free-name.js';
import type { Operation, OperationContext } from './kind.js';
import { quoteBody, quoteIdent, quoteName } from './quote.js';

export interface DualWrite {
  readonly table: SchemaObject;
  /** Distinguishes it from others of its table: the name of the column. */
  readonly name: string;
  /** Statements of PL/pgSQL that set columns of NEW. */
  readonly body: string;
}

export interface DualWriteOperations {
  readonly make: readonly Operation[];
  readonly remove: readonly Operation[];
}

/** An expression over the columns of the row NEW or OLD, as its author wrote it: nothing is put into the text. */
export const overRow = (row: 'NEW' | 'OLD', expression: string, table: SchemaObject): string =>
  `(SELECT (${expression}) FROM (SELECT ${row}.*) AS ${quoteIdent(table.parts.at(-1) ?? '')})`;

/** By their images, so that nulls, and types without an operator for equality, are told exactly. */
export const imagesDiffer = (a: string, b: string): string => `pg_catalog.record_image_ne(ROW(${a}), ROW(${b}))`;

/**
 * Triggers of one sort fire in the order of their names, and those of the user may still change the row: this one comes last. ALWAYS, so that
 * rows which arrive by replication are kept in step too.
 */
export function dualWrite({ table, name, body }: DualWrite, context: OperationContext): DualWriteOperations {
  const states = [context.current, context.desired];
  const schema = table.parts[0] ?? '';
  const stem = `${table.parts.at(-1)}_${name}`;
  const routine = quoteName([schema, freeNameFor(stem, '_in_step', schema, states)]);
  const trigger = quoteIdent(freeNameFor(`zz_${stem}`, '_in_step', schema, states));
  const on = quoteName(table.parts);
  const text = [
    '',
    '#variable_conflict use_column',
    'BEGIN',
    ...body.split('\n').map((line) => `  ${line}`),
    '  RETURN NEW;',
    'END',
    '',
  ].join('\n');
  const lock = { mode: 'SHARE ROW EXCLUSIVE', address: table.address } as const;
  const dropTrigger = `DROP TRIGGER ${trigger} ON ${on}`;
  const dropRoutine = `DROP FUNCTION ${routine}()`;
  const gone = { reason: 'what it kept in step is gone' };
  return {
    make: [
      {
        sql: [
          `CREATE FUNCTION ${routine}() RETURNS trigger`,
          'LANGUAGE plpgsql',
          'SET search_path TO pg_catalog, pg_temp',
          'SET row_security TO off',
          `AS ${quoteBody(text)}`,
        ].join('\n'),
        undo: { sql: [dropRoutine] },
      },
      {
        sql: `CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${on} FOR EACH ROW EXECUTE FUNCTION ${routine}()`,
        lock,
        undo: { sql: [dropTrigger] },
      },
      { sql: `ALTER TABLE ${on} ENABLE ALWAYS TRIGGER ${trigger}`, lock, undo: { sql: [] } },
    ],
    remove: [
      { sql: dropTrigger, lock: { mode: 'ACCESS EXCLUSIVE', address: table.address }, undo: gone },
      { sql: dropRoutine, undo: gone },
    ],
  };
}
