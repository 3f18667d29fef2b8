/** Operator classes: how an access method works with a type, by operators and functions. Their members are fixed once they are made. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { child, flag, inSchema, nameListRef, str, strings, typeRef } from '../ast.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Ast, Kind, ReadContext, StatementContext, StatementMeaning } from '../kind.js';
import {
  familyName,
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
  const members = { family: 'c.opcfamily', opclass: 'c.oid' };
  return `
    select c.tableoid as classid, c.oid as objid, 0 as objsubid, array[n.nspname, c.opcname]::text[] as parts,
           '(' || quote_ident(m.amname) || ')' as signature,
           ${memberRows(members)} as also, ${memberNeeds(members)} as severs, ${memberNeeds(members)} as needs,
           jsonb_build_object('type', pg_catalog.format_type(c.opcintype, null), 'default', c.opcdefault,
             'family', ${familyName('c.opcfamily')},
             'storage', case when c.opckeytype <> 0 then pg_catalog.format_type(c.opckeytype, null) end, ${memberAttributes(members)}) as attributes
      from pg_catalog.pg_opclass c
      join pg_catalog.pg_namespace n on n.oid = c.opcnamespace
      join pg_catalog.pg_am m on m.oid = c.opcmethod
     where ${isUserSchema('n.nspname')} and ${within('pg_opclass', 'c.oid')}`;
}

const reference = (object: SchemaObject): string => `OPERATOR CLASS ${writeFamily(object)}`;

function createSql(object: SchemaObject): string {
  const [type, storage] = [textOf(object, 'type'), textOf(object, 'storage')];
  const items = [...(storage === null ? [] : [`STORAGE ${storage}`]), ...membersOf(object).map(({ item }) => item)];
  // At least one item must stand there; storing what is given is what happens anyway.
  const list = items.length > 0 ? items : [`STORAGE ${type}`];
  const head = `CREATE OPERATOR CLASS ${quoteName(object.parts)}${flagOf(object, 'default') ? ' DEFAULT' : ''} FOR TYPE ${type}`;
  return `${head} USING ${methodOf(object)} FAMILY ${textOf(object, 'family')} AS ${list.join(', ')}`;
}

/** A type has one default class for an access method. */
function namespace(object: SchemaObject): readonly string[] {
  const isDefault = flagOf(object, 'default');
  return [
    reference(object),
    ...(isDefault ? [`default operator class ${methodOf(object)} ${textOf(object, 'type')}`] : []),
    ...memberKeys(object, textOf(object, 'family') ?? ''),
  ];
}

/** Without FAMILY it goes into the one of its own name, which is made when it is not there. */
function declaration(node: Ast, context: StatementContext): StatementMeaning {
  const parts = inSchema(nameListRef(node, 'opclassname', 'other'), context.creationSchema);
  const method = str(node, 'amname');
  const type = typeRef(child(node, 'datatype'));
  const ownFamily = strings(node, 'opfamilyname').length === 0;
  const family = familyRef(ownFamily ? parts : inSchema(nameListRef(node, 'opfamilyname', 'other'), context.creationSchema), method);
  return {
    provides: [{ space: 'other', schema: parts[0], name: parts[1] }, ...(ownFamily ? [family] : [])],
    // What uses the type waits for its default class: an index names none.
    alters: [family, ...operatorsNamed(node), ...(flag(node, 'isDefault') && type.schema !== 'pg_catalog' ? [type] : [])],
    declares: [{ address: formatAddress('operator_class', parts, `(${quoteIdent(method)})`), offset: 0, named: true }],
  };
}

export const kind: Kind = {
  name: 'operator_class',
  rank: 45,
  attributes: { type: 'exact', default: 'exact', family: 'exact', storage: 'exact', operators: 'exact', functions: 'exact' },
  heldIn: 'pg_catalog.pg_opclass where oid >= 16384',
  query,
  namespace,
  reference,
  create: (object) => [{ sql: createSql(object), requires: SUPERUSER, undo: { sql: [`DROP ${reference(object)}`] } }],
  // ALTER OPERATOR CLASS changes the name, the schema and the owner only.
  alter: () => 'replace',
  drop: (object) => [
    {
      sql: `DROP ${reference(object)}`,
      hazards: [
        {
          code: 'drop-operator-class',
          address: object.address,
          message: `${methodOf(object)} no longer works with ${textOf(object, 'type')} by it`,
        },
      ],
      undo: { sql: [createSql(object)] },
    },
  ],
  rename: (object, to) => [
    {
      sql: `ALTER ${reference(object)} RENAME TO ${quoteIdent(to)}`,
      undo: {
        sql: [
          `ALTER OPERATOR CLASS ${quoteName([...object.parts.slice(0, -1), to])} USING ${methodOf(object)} RENAME TO ${quoteName(object.parts.slice(-1))}`,
        ],
      },
    },
  ],
  pin: (object) => schemaPin(object, reference(object)),
  sql: [{ node: 'CreateOpClassStmt', read: declaration }],
  yaml,
};
