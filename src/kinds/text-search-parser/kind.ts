/** Text search parsers: the functions that cut a document into tokens. Only superusers make them, and they have no owner. */
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

const WORD = 'TEXT SEARCH PARSER';

const nameOf = (object: SchemaObject): string => quoteName(object.parts);

function query(read: ReadContext): string {
  return `
    select 'pg_catalog.pg_ts_parser'::regclass::oid as classid, p.oid as objid, 0 as objsubid,
           array[n.nspname, p.prsname]::text[] as parts,
           jsonb_build_object('start', ${procName('p.prsstart')}, 'gettoken', ${procName('p.prstoken')}, 'end', ${procName('p.prsend')},
             'headline', ${procName('p.prsheadline')}, 'lextypes', ${procName('p.prslextype')}) as attributes
      from pg_catalog.pg_ts_parser p join pg_catalog.pg_namespace n on n.oid = p.prsnamespace
     where ${isUserSchema('n.nspname')} and ${read.within('pg_ts_parser', 'p.oid')}`;
}

function createSql(object: SchemaObject): string {
  const functions = ['start', 'gettoken', 'end', 'headline', 'lextypes'].flatMap((name) => {
    const value = textOf(object, name);
    return value === null ? [] : [`${name.toUpperCase()} = ${value}`];
  });
  return `CREATE ${WORD} ${nameOf(object)} (${functions.join(', ')})`;
}

export const kind: Kind = {
  name: 'text_search_parser',
  rank: 44,
  attributes: { start: 'exact', gettoken: 'exact', end: 'exact', headline: 'exact', lextypes: 'exact' },
  heldIn: 'pg_catalog.pg_ts_parser where oid >= 16384',
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
  sql: [definitionRule('text_search_parser', 'OBJECT_TSPARSER')],
  yaml,
};
