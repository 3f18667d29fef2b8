/** Text search templates: the functions behind dictionaries. Only superusers make them, and they have no owner. */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Kind, ReadContext } from '../kind.js';
import { schemaPin } from '../pins.js';
import { quoteName } from '../quote.js';
import { SUPERUSER } from '../requirements.js';
import { procName } from '../routine-catalog.js';
import { definitionRule, nameHazard, renameOperations } from '../text-search.js';
import { isUserSchema } from '../user-schema.js';
import { yaml } from './yaml.js';

const WORD = 'TEXT SEARCH TEMPLATE';

const nameOf = (object: SchemaObject): string => quoteName(object.parts);

function query(read: ReadContext): string {
  return `
    select 'pg_catalog.pg_ts_template'::regclass::oid as classid, t.oid as objid, 0 as objsubid,
           array[n.nspname, t.tmplname]::text[] as parts,
           jsonb_build_object('init', ${procName('t.tmplinit')}, 'lexize', ${procName('t.tmpllexize')}) as attributes
      from pg_catalog.pg_ts_template t join pg_catalog.pg_namespace n on n.oid = t.tmplnamespace
     where ${isUserSchema('n.nspname')} and ${read.within('pg_ts_template', 't.oid')}`;
}

function createSql(object: SchemaObject): string {
  const init = textOf(object, 'init');
  const functions = [...(init === null ? [] : [`INIT = ${init}`]), `LEXIZE = ${textOf(object, 'lexize') ?? ''}`];
  return `CREATE ${WORD} ${nameOf(object)} (${functions.join(', ')})`;
}

export const kind: Kind = {
  name: 'text_search_template',
  rank: 45,
  attributes: { init: 'exact', lexize: 'exact' },
  heldIn: 'pg_catalog.pg_ts_template where oid >= 16384',
  query,
  reference: (object) => `${WORD} ${nameOf(object)}`,
  create: (object) => [{ sql: createSql(object), requires: SUPERUSER, undo: { sql: [`DROP ${WORD} ${nameOf(object)}`] } }],
  // PostgreSQL can only rename and move it.
  alter: () => 'replace',
  drop: (object) => [
    {
      sql: `DROP ${WORD} ${nameOf(object)}`,
      requires: SUPERUSER,
      hazards: [nameHazard(object, WORD, 'drop-text-search')],
      undo: { sql: [createSql(object)] },
    },
  ],
  rename: (object, to) =>
    renameOperations(object, WORD, to, nameHazard(object, WORD, 'rename-text-search')).map((operation) => ({
      ...operation,
      requires: SUPERUSER,
    })),
  // It has no owner: only superusers may change it.
  pin: (object) => ({ ...schemaPin(object, `${WORD} ${nameOf(object)}`), requires: [{ privilege: 'SUPERUSER', on: null }] }),
  sql: [definitionRule('text_search_template', 'OBJECT_TSTEMPLATE')],
  yaml,
};
