/** Checks that tables get before ATTACH looks at them: added first, validated later. Knows no bound. */
import { formatAddress } from '../../core/address.js';
import type { Operation, OperationContext } from '../kind.js';
import { namePartsOf } from '../qualified-name.js';
import { type RowsOf, rowsWhere } from '../rows-in-the-way.js';

/** What goes before and after ATTACH so that it reads no rows; `hazard`: what is to be said all the same. */
export interface Proof {
  readonly before: readonly Operation[];
  readonly after: readonly Operation[];
  readonly hazard: string | null;
}

export const NOTHING_READ: Proof = { before: [], after: [], hazard: null };

/** A check that is there while ATTACH runs, and no longer. `name` is quoted. */
export function provenBy(table: RowsOf, name: string, expression: string, context: OperationContext): Proof {
  const gone: Operation = {
    sql: `ALTER TABLE ${table.name} DROP CONSTRAINT ${name}`,
    lock: { mode: 'ACCESS EXCLUSIVE', address: table.table },
    undo: { sql: [`ALTER TABLE ${table.name} ADD CONSTRAINT ${name} CHECK (${expression})`] },
    undoTaking: { takes: [formatAddress('constraint', [...namePartsOf(table.name), ...namePartsOf(name)])], sql: [] },
  };
  return { before: addCheck(table, name, expression, context), after: [gone], hazard: null };
}

/** Online, on a table that is in use, added first and validated later. `name` is quoted. */
export function addCheck(table: RowsOf, name: string, expression: string, context: OperationContext): readonly Operation[] {
  const add = `ALTER TABLE ${table.name} ADD CONSTRAINT ${name} CHECK (${expression})`;
  const remove = `ALTER TABLE ${table.name} DROP CONSTRAINT ${name}`;
  const lock = { mode: 'ACCESS EXCLUSIVE', address: table.table } as const;
  if (!context.online || context.isNew(table.table)) return [{ sql: add, lock, dependsOnData: true, undo: { sql: [remove] } }];
  const later = `${add} NOT VALID`;
  return [
    { sql: later, lock, undo: { sql: [remove] } },
    {
      sql: `ALTER TABLE ${table.name} VALIDATE CONSTRAINT ${name}`,
      mode: 'own',
      lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: table.table },
      dependsOnData: true,
      checks: [rowsWhere(table, `NOT (${expression})`, `of ${table.name} break CHECK (${expression})`, context)],
      undo: { sql: [remove, later] },
    },
  ];
}
