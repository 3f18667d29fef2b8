/** Enum types: an ordered list of labels. */
import type { SchemaObject } from '../../core/object.js';
import { textsOf } from '../attribute-values.js';
import type { Kind } from '../kind.js';
import { labelPin, privilegesPin } from '../pins.js';
import { quoteName } from '../quote.js';
import { isUserSchema, reference } from '../user-schema.js';
import { alter, create } from './operations.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

const nameOf = (object: SchemaObject): string => quoteName(object.parts);

export const kind: Kind = {
  name: 'enum',
  rank: 20,
  attributes: { labels: 'exact' },
  heldIn: `pg_catalog.pg_type where oid >= 16384 and typtype = 'e'`,
  query: (read) => `
    select 'pg_type'::regclass::oid::int8 as classid, t.oid::int8 as objid, 0 as objsubid,
           array[n.nspname, t.typname]::text[] as parts,
           jsonb_build_array(${reference('pg_type', 't.typarray')}) as also,
           jsonb_build_object('labels', coalesce((select jsonb_agg(e.enumlabel order by e.enumsortorder)
             from pg_enum e where e.enumtypid = t.oid), '[]')) as attributes
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
     where t.typtype = 'e' and ${isUserSchema('n.nspname')} and ${read.within('pg_type', 't.oid')}`,
  namespace: (object) => `type ${nameOf(object)}`,
  reference: (object) => `TYPE ${nameOf(object)}`,
  grantReference: (object) => `TYPE ${nameOf(object)}`,
  create: (object) => create(object),
  alter,
  drop: (object) => [
    {
      sql: `DROP TYPE ${nameOf(object)}`,
      hazards: [
        {
          code: 'drop-type',
          address: object.address,
          message: `enum ${nameOf(object)} (${textsOf(object, 'labels').join(', ')}) is dropped`,
        },
      ],
      undo: { sql: create(object).map(({ sql }) => sql) },
    },
  ],
  rename: (object, to) => [
    {
      sql: `ALTER TYPE ${nameOf(object)} RENAME TO ${quoteName([to])}`,
      hazards: [{ code: 'rename-type', address: object.address, message: `queries that name the type ${nameOf(object)} fail` }],
      undo: { sql: [`ALTER TYPE ${quoteName([...object.parts.slice(0, -1), to])} RENAME TO ${quoteName(object.parts.slice(-1))}`] },
    },
  ],
  pin: (object) => {
    const [label] = textsOf(object, 'labels');
    return label === undefined ? privilegesPin(`TYPE ${nameOf(object)}`) : labelPin(nameOf(object), label);
  },
  sql: statements,
  yaml,
};
