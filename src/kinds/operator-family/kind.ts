/** Operator families, with the operators and functions that belong to no class of theirs: those between different types. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { inSchema, nameListRef, str } from '../ast.js';
import type { Alteration, Ast, Kind, Operation, ReadContext, SetChange, StatementContext } from '../kind.js';
import {
  familyRef,
  memberAttributes,
  memberKeys,
  memberNeeds,
  memberRows,
  membersOf,
  methodOf,
  operatorsNamed,
  writeFamily,
} from '../operator-members.js';
import { schemaPin } from '../pins.js';
import { quoteIdent, quoteName } from '../quote.js';
import { SUPERUSER } from '../requirements.js';
import { isUserSchema } from '../user-schema.js';
import { yaml } from './yaml.js';

function query({ within }: ReadContext): string {
  const members = { family: 'f.oid', opclass: null };
  return `
    select f.tableoid as classid, f.oid as objid, 0 as objsubid, array[n.nspname, f.opfname]::text[] as parts,
           '(' || quote_ident(m.amname) || ')' as signature,
           ${memberRows(members)} as also, ${memberNeeds(members)} as severs, ${memberNeeds(members)} as needs,
           jsonb_build_object(${memberAttributes(members)}) as attributes
      from pg_catalog.pg_opfamily f
      join pg_catalog.pg_namespace n on n.oid = f.opfnamespace
      join pg_catalog.pg_am m on m.oid = f.opfmethod
     where ${isUserSchema('n.nspname')} and ${within('pg_opfamily', 'f.oid')}`;
}

const reference = (object: SchemaObject): string => `OPERATOR FAMILY ${writeFamily(object)}`;

/** Statements that take the members of `from` away that `to` lacks, and add those that it has besides. */
function change(object: SchemaObject, from: SchemaObject | null, to: SchemaObject | null): readonly string[] {
  const [before, after] = [from, to].map((side) => (side === null ? [] : membersOf(side)));
  const lacks = (others: typeof before) => (member: { readonly value: string }) => !others?.some((other) => other.value === member.value);
  const gone = (before ?? []).filter(lacks(after)).map(({ slot }) => slot);
  const added = (after ?? []).filter(lacks(before)).map(({ item }) => item);
  return [
    ...(gone.length > 0 ? [`ALTER ${reference(object)} DROP ${gone.join(', ')}`] : []),
    ...(added.length > 0 ? [`ALTER ${reference(object)} ADD ${added.join(', ')}`] : []),
  ];
}

const makeSql = (object: SchemaObject): readonly string[] => [`CREATE ${reference(object)}`, ...change(object, null, object)];

function alter({ before, after }: SetChange): Alteration {
  const undo = { sql: change(after, after, before) };
  const message = `queries that compare by ${quoteName(after.parts)} may be planned otherwise`;
  const hazards = [{ code: 'alter-operator-family', address: after.address, message }];
  return { operations: change(after, before, after).map((sql): Operation => ({ sql, requires: SUPERUSER, hazards, undo })) };
}

function partsOf(node: Ast, context: StatementContext): readonly [string, string] {
  return inSchema(nameListRef(node, 'opfamilyname', 'other'), context.creationSchema);
}

const signature = (node: Ast): string => `(${quoteIdent(str(node, 'amname'))})`;

export const kind: Kind = {
  name: 'operator_family',
  rank: 44,
  attributes: { operators: 'exact', functions: 'exact' },
  heldIn: 'pg_catalog.pg_opfamily where oid >= 16384',
  query,
  namespace: (object) => [reference(object), ...memberKeys(object, quoteName(object.parts))],
  reference,
  create: (object) => makeSql(object).map((sql) => ({ sql, requires: SUPERUSER, undo: { sql: [`DROP ${reference(object)}`] } })),
  alter,
  drop: (object) => [{ sql: `DROP ${reference(object)}`, undo: { sql: makeSql(object) } }],
  rename: (object, to) => [
    {
      sql: `ALTER ${reference(object)} RENAME TO ${quoteIdent(to)}`,
      undo: {
        sql: [
          `ALTER OPERATOR FAMILY ${quoteName([...object.parts.slice(0, -1), to])} USING ${methodOf(object)} RENAME TO ${quoteName(object.parts.slice(-1))}`,
        ],
      },
    },
  ],
  pin: (object) => schemaPin(object, reference(object)),
  sql: [
    {
      node: 'CreateOpFamilyStmt',
      read(node, context) {
        const parts = partsOf(node, context);
        return {
          provides: [familyRef(parts, str(node, 'amname'))],
          declares: [{ address: formatAddress('operator_family', parts, signature(node)), offset: 0, named: true }],
        };
      },
    },
    {
      node: 'AlterOpFamilyStmt',
      read(node, context) {
        const parts = partsOf(node, context);
        return {
          provides: [],
          alters: [familyRef(parts, str(node, 'amname')), ...operatorsNamed(node)],
          declares: [{ address: formatAddress('operator_family', parts, signature(node)), offset: 0, named: false }],
        };
      },
    },
  ],
  yaml,
};
