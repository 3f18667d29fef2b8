/** Text search configurations: a parser, and the dictionaries that each type of token goes through. */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Alteration, Kind, Operation, ReadContext, SetChange } from '../kind.js';
import { schemaPin } from '../pins.js';
import { quoteName } from '../quote.js';
import { altered, definitionRule, lexemesHazard, nameHazard, qualifiedNameOf, renameOperations } from '../text-search.js';
import { isUserSchema } from '../user-schema.js';
import { mappingStatements } from './mappings.js';
import { yaml } from './yaml.js';

const WORD = 'TEXT SEARCH CONFIGURATION';

const nameOf = (object: SchemaObject): string => quoteName(object.parts);

function query(read: ReadContext): string {
  return `
    select 'pg_catalog.pg_ts_config'::regclass::oid as classid, c.oid as objid, 0 as objsubid,
           array[n.nspname, c.cfgname]::text[] as parts,
           jsonb_build_object(
             'parser', ${qualifiedNameOf('pg_ts_parser', 'prs', 'c.cfgparser')},
             'mappings', (select coalesce(jsonb_object_agg(t.alias, m.dictionaries), '{}') from (
                 select x.maptokentype, jsonb_agg(${qualifiedNameOf('pg_ts_dict', 'dict', 'x.mapdict')} order by x.mapseqno) as dictionaries
                   from pg_catalog.pg_ts_config_map x where x.mapcfg = c.oid group by x.maptokentype) m
               join pg_catalog.ts_token_type(c.cfgparser) t on t.tokid = m.maptokentype)) as attributes
      from pg_catalog.pg_ts_config c join pg_catalog.pg_namespace n on n.oid = c.cfgnamespace
     where ${isUserSchema('n.nspname')} and ${read.within('pg_ts_config', 'c.oid')}`;
}

const createSql = (object: SchemaObject): string => `CREATE ${WORD} ${nameOf(object)} (PARSER = ${textOf(object, 'parser') ?? ''})`;

function create(object: SchemaObject): readonly Operation[] {
  return [
    { sql: createSql(object), undo: { sql: [`DROP ${WORD} ${nameOf(object)}`] } },
    ...mappingStatements(null, object).map((sql) => ({ sql, undo: { reason: 'part of the creation of the configuration' } })),
  ];
}

function alter({ before, after, changed }: SetChange): Alteration {
  // Another parser has other types of token.
  if (changed.has('parser')) return 'replace';
  const back = mappingStatements(after, { ...before, parts: after.parts });
  const operations = mappingStatements(before, after).map((sql, index): Operation => {
    if (index > 0) return { sql, undo: { reason: 'undone with the first of the statements that change the mappings' } };
    return { sql, hazards: [lexemesHazard(after, WORD)], undo: { sql: back } };
  });
  return { operations };
}

export const kind: Kind = {
  name: 'text_search_configuration',
  rank: 47,
  attributes: { parser: 'exact', mappings: 'exact' },
  heldIn: 'pg_catalog.pg_ts_config where oid >= 16384',
  query,
  reference: (object) => `${WORD} ${nameOf(object)}`,
  create,
  alter,
  drop: (object) => [
    {
      sql: `DROP ${WORD} ${nameOf(object)}`,
      hazards: [nameHazard(object, WORD, 'drop-text-search')],
      undo: { sql: create(object).map(({ sql }) => sql) },
    },
  ],
  rename: (object, to) => renameOperations(object, WORD, to, nameHazard(object, WORD, 'rename-text-search')),
  pin: (object) => schemaPin(object, `${WORD} ${nameOf(object)}`),
  sql: [
    definitionRule('text_search_configuration', 'OBJECT_TSCONFIGURATION'),
    { node: 'AlterTSConfigurationStmt', read: (node) => ({ provides: [], alters: [altered(node, 'cfgname')], declares: [] }) },
  ],
  yaml,
};
