/** Extensions: their name, version and schema; what they install is theirs and never seen here. */
import { formatAddress } from '../../core/address.js';
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import type { PlanRequirement } from '../../core/plan.js';
import type { Alteration, Kind, Operation, SetChange } from '../kind.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

interface ExtensionAttributes extends JsonObject {
  readonly schema: string;
  /** Absent where the server is to choose its default version. */
  readonly version: string | null;
  readonly relocatable: boolean;
}

function attributesOf(object: SchemaObject): ExtensionAttributes {
  return object.attributes as ExtensionAttributes;
}

/** Whether it takes a superuser is in its control file, which the server reads. */
const install = (object: SchemaObject): PlanRequirement => ({ privilege: 'INSTALL', on: object.parts[0] ?? '' });
const owner = (object: SchemaObject): PlanRequirement => ({ privilege: 'OWNER', on: object.address });

function create(object: SchemaObject): readonly Operation[] {
  const { schema, version } = attributesOf(object);
  const name = quoteName(object.parts);
  const at = typeof version === 'string' ? ` VERSION ${quoteLiteral(version)}` : '';
  return [
    {
      sql: `CREATE EXTENSION ${name} WITH SCHEMA ${quoteIdent(schema)}${at}`,
      requires: [install(object)],
      undo: { sql: [`DROP EXTENSION ${name}`] },
    },
  ];
}

function alter({ before, after, changed }: SetChange): Alteration {
  const name = quoteName(after.parts);
  const from = attributesOf(before);
  const to = attributesOf(after);
  const operations: Operation[] = [];
  if (changed.has('version') && typeof to.version === 'string') {
    operations.push({
      sql: `ALTER EXTENSION ${name} UPDATE TO ${quoteLiteral(to.version)}`,
      requires: [install(after), owner(after)],
      hazards: [
        {
          code: 'extension-upgrade',
          address: after.address,
          message: `extension ${name} goes from version ${from.version} to ${to.version}: its objects may behave differently`,
        },
      ],
      undo: { reason: 'an extension can be updated back only where its author ships a downgrade script' },
    });
  }
  if (changed.has('schema')) {
    if (!from.relocatable) return 'replace';
    operations.push({
      sql: `ALTER EXTENSION ${name} SET SCHEMA ${quoteIdent(to.schema)}`,
      requires: [owner(after), { privilege: 'CREATE', on: formatAddress('schema', [to.schema]) }],
      undo: { sql: [`ALTER EXTENSION ${name} SET SCHEMA ${quoteIdent(from.schema)}`] },
    });
  }
  return { operations };
}

export const kind: Kind = {
  name: 'extension',
  rank: 15,
  attributes: { version: 'exact', schema: 'exact', relocatable: 'unhashed' },
  query: (read) => `
    select 'pg_extension'::regclass::oid::int8 as classid, e.oid::int8 as objid, 0 as objsubid,
           array[e.extname]::text[] as parts,
           jsonb_build_object('version', e.extversion, 'schema', n.nspname, 'relocatable', e.extrelocatable) as attributes
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace
     where ${read.within('pg_extension', 'e.oid')}`,
  // It puts its objects into a schema, but lives in none.
  schema: () => null,
  reference: (object) => `EXTENSION ${quoteName(object.parts)}`,
  create,
  alter,
  // Another version has other objects: what leans on it is made all the same, and proves nothing.
  seeding: {
    substitute: (object) => {
      const { version } = attributesOf(object);
      if (version === null) return null;
      return {
        object: { ...object, attributes: { ...object.attributes, version: null } },
        reason: `version ${version}, which is live, is not available in scratch`,
      };
    },
  },
  drop: (object) => [
    {
      sql: `DROP EXTENSION ${quoteName(object.parts)}`,
      requires: [owner(object)],
      hazards: [
        {
          code: 'drop-extension',
          address: object.address,
          message: `extension ${quoteName(object.parts)} is dropped with everything that it installed, its tables and their rows too`,
          destructive: true,
        },
      ],
      undo: { sql: create(object).map((operation) => operation.sql) },
    },
  ],
  pin: () => ({ reason: 'ALTER EXTENSION takes no lock on the extension' }),
  sql: statements,
  yaml,
};
