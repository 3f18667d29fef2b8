/** How SQL declares sequences; OWNED BY is declared as an object of its own. */
import { formatAddress } from '../../core/address.js';
import { child, flag, inSchema, list, num, rangeVarRef, str, strings } from '../ast.js';
import type { Ast, Declared, NameRef, StatementContext, StatementRule } from '../kind.js';
import { quoteName } from '../quote.js';
import { isOwnerChange } from '../relation-statement.js';
import { tokensFrom } from '../tokens.js';

interface OwnedBy {
  /** Schema, table and column as far as given; null for NONE. */
  readonly column: readonly string[] | null;
  readonly from: number;
  readonly to: number;
}

function ownedBy(node: Ast, context: StatementContext): OwnedBy | null {
  const entry = list(node, 'options').find(({ node: element }) => str(element, 'defname') === 'owned_by')?.node;
  if (!entry) return null;
  const parts = strings(entry, 'arg');
  const from = context.offsetOf(num(entry, 'location'));
  // owned by a . b . c: two words, then names with dots between.
  const length = 2 + parts.length * 2 - 1;
  let to = from;
  let taken = 0;
  for (const token of tokensFrom(context.text, from)) {
    if (taken === length) break;
    to = token.to;
    taken += 1;
  }
  return { column: parts.length === 1 ? null : parts, from, to };
}

function ownerDeclared(parts: readonly string[], owned: OwnedBy | null): readonly Declared[] {
  return owned?.column ? [{ address: formatAddress('sequence_owner', parts), offset: owned.from, named: true }] : [];
}

function tableRef(column: readonly string[]): NameRef {
  return { space: 'relation', schema: column.at(-3) ?? null, name: column.at(-2) ?? '' };
}

function sequenceRef(node: Ast, key: string): NameRef {
  return rangeVarRef(child(node, key));
}

export const statements: readonly StatementRule[] = [
  {
    node: 'CreateSeqStmt',
    read(node, context) {
      const ref = sequenceRef(node, 'sequence');
      const parts = inSchema(ref, context.creationSchema);
      const owned = ownedBy(node, context);
      // The column's default may need the sequence, and the ownership needs the column.
      const deferred = owned?.column
        ? [{ from: owned.from, to: owned.to, sql: `ALTER SEQUENCE ${quoteName(parts)} OWNED BY ${quoteName(owned.column)}` }]
        : [];
      return {
        provides: [ref],
        declares: [
          { address: formatAddress('sequence', parts), offset: context.offsetOf(undefined), named: true },
          ...ownerDeclared(parts, owned),
        ],
        repeatable: flag(node, 'if_not_exists'),
        deferred,
      };
    },
  },
  {
    node: 'AlterSeqStmt',
    read(node, context) {
      const ref = sequenceRef(node, 'sequence');
      const owned = ownedBy(node, context);
      // The server wants one owner for both: the place before or after ALTER TABLE … OWNER TO counts.
      const table = owned?.column && owned.column.length > 1 ? [tableRef(owned.column)] : [];
      return { provides: [], alters: [ref, ...table], declares: ownerDeclared(inSchema(ref, context.creationSchema), owned) };
    },
  },
  {
    // ALTER SEQUENCE … SET LOGGED and UNLOGGED.
    node: 'AlterTableStmt',
    applies: (node) => str(node, 'objtype') === 'OBJECT_SEQUENCE' && !isOwnerChange(node),
    read: (node) => ({ provides: [], alters: [sequenceRef(node, 'relation')], declares: [] }),
  },
];
