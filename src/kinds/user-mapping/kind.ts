/**
 * User mappings: that a role has a mapping on a foreign server. Their options are passwords and the like, so no value of one is ever
 * read, compared or written into a plan, and a mapping is made without any.
 */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import type { PlanRequirement } from '../../core/plan.js';
import { child, flag, roleName, str } from '../ast.js';
import { textsOf } from '../attribute-values.js';
import { catalogKey } from '../catalog-key.js';
import type { Ast, Kind, ReadContext, StatementMeaning } from '../kind.js';
import { quoteIdent } from '../quote.js';
import { yaml } from './yaml.js';

/**
 * No parent: DROP SERVER does not take its mappings along. The view, because the catalog behind it is for superusers; who may not see
 * the options gets no names.
 */
function query({ within }: ReadContext): string {
  return `
    select 'pg_catalog.pg_user_mapping'::regclass::oid as classid, m.umid as objid, 0 as objsubid,
           array[m.srvname, m.usename]::text[] as parts,
           case when m.umuser <> 0 then jsonb_build_array(${catalogKey('pg_authid', 'm.umuser')}) end as needs,
           jsonb_build_object('options', (select coalesce(jsonb_agg(o.option_name order by o.option_name), '[]')
             from pg_catalog.pg_options_to_table(m.umoptions) o)) as attributes
      from pg_catalog.pg_user_mappings m
     where ${within('pg_foreign_server', 'm.srvid')}`;
}

/** No role can be called public. */
function reference(object: SchemaObject): string {
  const [server = '', user = ''] = object.parts;
  return `USER MAPPING FOR ${user === 'public' ? 'PUBLIC' : quoteIdent(user)} SERVER ${quoteIdent(server)}`;
}

/** The server's owner, or whom it is for: to be that one takes USAGE. */
function mapping(object: SchemaObject): readonly PlanRequirement[] {
  const [server = '', user] = object.parts;
  return [{ privilege: user === 'public' ? 'OWNER' : 'USAGE', on: formatAddress('server', [server]) }];
}

function declaration(node: Ast): StatementMeaning {
  const [server, user] = [str(node, 'servername'), roleName(child(node, 'user'))];
  return {
    provides: [],
    alters: [{ space: 'other', schema: null, name: server }],
    declares: [{ address: formatAddress('user_mapping', [server, user]), offset: 0, named: true }],
    repeatable: flag(node, 'if_not_exists'),
  };
}

export const kind: Kind = {
  name: 'user_mapping',
  rank: 36,
  // Names only, for people: what the options are is not managed.
  attributes: { options: 'unhashed' },
  heldIn: 'pg_catalog.pg_foreign_server',
  query,
  schema: () => null,
  reference,
  create: (object) => {
    const names = textsOf(object, 'options');
    const message = `${reference(object)} is made without its options (${names.join(', ')}): set them with ALTER USER MAPPING`;
    return [
      {
        sql: `CREATE ${reference(object)}`,
        requires: mapping(object),
        hazards: names.length === 0 ? [] : [{ code: 'user-mapping-options', address: object.address, message, evenNew: true }],
        undo: { sql: [`DROP ${reference(object)}`] },
      },
    ];
  },
  alter: () => ({ operations: [] }),
  drop: (object) => [
    {
      sql: `DROP ${reference(object)}`,
      requires: mapping(object),
      hazards: [
        {
          code: 'drop-user-mapping',
          address: object.address,
          message: `${reference(object)} is dropped, and its options (credentials), which no plan holds, with it`,
          destructive: true,
        },
      ],
      undo: { reason: 'no plan holds the options of a user mapping' },
    },
  ],
  pin: () => ({ reason: 'no statement that leaves a user mapping as it is takes a lock on it' }),
  sql: [
    { node: 'CreateUserMappingStmt', read: declaration },
    { node: 'AlterUserMappingStmt', read: declaration },
  ],
  yaml,
};
