/** A table that goes out of the way with its rows, into a schema of its own, from where it can be taken back; knows no dates but the given one. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { textsOf } from '../attribute-values.js';
import type { Operation, OperationContext } from '../kind.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteBody, quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import { CREATE_IN_DATABASE } from '../requirements.js';

/** Indexes, constraints, triggers, policies, privileges, and sequences that its columns own go along [run on 14 to 18]. */
export function retire(table: SchemaObject, { retirement, desired }: OperationContext): readonly Operation[] {
  if (retirement === null) throw new Error(`${table.address} has nowhere to go`);
  const [schema = '', name = ''] = table.parts;
  const into = retirement.into(schema);
  const message = `${quoteName(table.parts)} is taken to schema ${into} with its rows, where it may be dropped from ${retirement.until.toISOString()} on: statements of running programs that name it fail`;
  return [
    { sql: `CREATE SCHEMA IF NOT EXISTS ${quoteIdent(into)}`, requires: CREATE_IN_DATABASE, undo: { sql: [dropWhereEmpty(into)] } },
    ...textsOf(table, 'inherits')
      .filter((parent) => desired.has(formatAddress('table', namePartsOf(parent))))
      .map(
        (parent): Operation => ({
          sql: `ALTER TABLE ${quoteName(table.parts)} NO INHERIT ${parent}`,
          lock: { mode: 'ACCESS EXCLUSIVE', address: table.address },
          requires: [{ privilege: 'OWNER', on: table.address }],
          undo: { sql: [`ALTER TABLE ${quoteName(table.parts)} INHERIT ${parent}`] },
        }),
      ),
    { sql: `COMMENT ON SCHEMA ${quoteIdent(into)} IS ${quoteLiteral(retirement.comment)}`, undo: { sql: [] } },
    {
      sql: `ALTER TABLE ${quoteName(table.parts)} SET SCHEMA ${quoteIdent(into)}`,
      lock: { mode: 'ACCESS EXCLUSIVE', address: table.address },
      requires: [{ privilege: 'OWNER', on: table.address }],
      hazards: [{ code: 'retire-table', address: table.address, message }],
      undo: { sql: [`ALTER TABLE ${quoteName([into, name])} SET SCHEMA ${quoteIdent(schema)}`] },
    },
  ];
}

/** Another table of the same plan may be in it still. */
function dropWhereEmpty(schema: string): string {
  const body = `begin
  drop schema ${quoteIdent(schema)};
exception when dependent_objects_still_exist then null;
end`;
  return `DO ${quoteBody(body)}`;
}
