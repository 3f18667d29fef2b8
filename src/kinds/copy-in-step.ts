/**
 * The trigger that copies what is written to a table into another one with the same columns, as long as both are there. It goes one way: nobody
 * knows the other table yet. Knows no kind and no reason for it.
 */
import type { SchemaObject } from '../core/object.js';
import type { DualWriteOperations } from './dual-write.js';
import { imagesDiffer } from './dual-write.js';
import { freeNameFor } from './free-name.js';
import type { Operation, OperationContext } from './kind.js';
import { quoteBody, quoteIdent, quoteName } from './quote.js';

export interface CopyInStep {
  readonly table: SchemaObject;
  /** The other table, as SQL. */
  readonly into: string;
  /** Columns that are written, and those of them by which a row is known, as SQL. */
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/**
 * It runs with the rights of whoever makes it, because those who write the one table may not write the other. Of the triggers AFTER a row it
 * comes first: others may write the row again, and what they write is copied then. ALWAYS, so that rows which arrive by replication are copied
 * too.
 */
export function copyInStep(work: CopyInStep, context: OperationContext): DualWriteOperations {
  const { table, into } = work;
  const states = [context.current, context.desired];
  const [schema = '', stem = ''] = [table.parts[0], table.parts.at(-1)];
  const routine = quoteName([schema, freeNameFor(stem, '_in_step', schema, states)]);
  const rows = quoteIdent(firstName((ahead) => freeNameFor(ahead + stem, '_in_step', schema, states), table, context));
  const whole = quoteIdent(freeNameFor(stem, '_emptied', schema, states));
  const on = quoteName(table.parts);
  const lock = { mode: 'SHARE ROW EXCLUSIVE', address: table.address } as const;
  const exclusive = { mode: 'ACCESS EXCLUSIVE', address: table.address } as const;
  const gone = { reason: 'what it kept in step is gone' };
  const dropTrigger = (name: string): string => `DROP TRIGGER ${name} ON ${on}`;
  const trigger = (name: string, when: string): readonly Operation[] => [
    { sql: `CREATE TRIGGER ${name} ${when} EXECUTE FUNCTION ${routine}()`, lock, undo: { sql: [dropTrigger(name)] } },
    { sql: `ALTER TABLE ${on} ENABLE ALWAYS TRIGGER ${name}`, lock, undo: { sql: [] } },
  ];
  return {
    make: [
      {
        sql: [
          `CREATE FUNCTION ${routine}() RETURNS trigger`,
          'LANGUAGE plpgsql SECURITY DEFINER',
          'SET search_path TO pg_catalog, pg_temp',
          'SET row_security TO off',
          `AS ${quoteBody(body(work, into))}`,
        ].join('\n'),
        undo: { sql: [`DROP FUNCTION ${routine}()`] },
      },
      ...trigger(rows, `AFTER INSERT OR UPDATE OR DELETE ON ${on} FOR EACH ROW`),
      ...trigger(whole, `AFTER TRUNCATE ON ${on} FOR EACH STATEMENT`),
    ],
    remove: [
      { sql: dropTrigger(rows), lock: exclusive, undo: gone },
      { sql: dropTrigger(whole), lock: exclusive, undo: gone },
      { sql: `DROP FUNCTION ${routine}()`, undo: gone },
    ],
  };
}

/** Ahead of all triggers that the table has or gets, in the order of bytes, in which they fire. */
function firstName(named: (ahead: string) => string, table: SchemaObject, context: OperationContext): string {
  const others = [context.current, context.desired].flatMap((state) => context.children(state, table.address, 'trigger'));
  const isFirst = (candidate: string): boolean =>
    others.every(({ parts }) => Buffer.compare(Buffer.from(candidate), Buffer.from(parts.at(-1) ?? '')) < 0);
  return ['00_', '!'].map(named).find(isFirst) ?? named(' ');
}

/**
 * A transaction with a snapshot of its own (REPEATABLE READ) does not see a copy that was made since, and would leave it behind. So it tries
 * to make one: where there is one that it cannot see, the server tells it to begin again, as for any row that was changed under it.
 */
function body({ columns, key }: CopyInStep, into: string): string {
  const of = (row: 'NEW' | 'OLD', names: readonly string[]): string => names.map((name) => `${row}.${name}`).join(', ');
  const isOld = key.map((name) => `${name} = OLD.${name}`).join(' AND ');
  const put = (row: 'NEW' | 'OLD'): string =>
    `INSERT INTO ${into} (${columns.join(', ')}) VALUES (${of(row, columns)}) ON CONFLICT (${key.join(', ')})`;
  const rest = columns.filter((name) => !key.includes(name));
  const set = rest.length === 0 ? 'NOTHING' : `UPDATE SET ${rest.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`;
  const remove = `DELETE FROM ${into} WHERE ${isOld};`;
  return [
    '',
    '#variable_conflict use_column',
    'DECLARE',
    "  goes boolean := TG_OP = 'DELETE';",
    'BEGIN',
    "  IF TG_OP = 'TRUNCATE' THEN",
    `    TRUNCATE ${into};`,
    '    RETURN NULL;',
    '  END IF;',
    "  IF TG_OP = 'UPDATE' THEN",
    `    goes := ${imagesDiffer(of('OLD', key), of('NEW', key))};`,
    '  END IF;',
    '  IF goes THEN',
    `    ${remove}`,
    "    IF NOT FOUND AND pg_catalog.current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN",
    `      ${put('OLD')} DO NOTHING;`,
    `      ${remove}`,
    '    END IF;',
    '  END IF;',
    "  IF TG_OP <> 'DELETE' THEN",
    `    ${put('NEW')} DO ${set};`,
    '  END IF;',
    '  RETURN NULL;',
    'END',
    '',
  ].join('\n');
}
