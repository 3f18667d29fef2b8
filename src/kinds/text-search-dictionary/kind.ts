/** Text search dictionaries: a template with options. */
import type { SchemaObject } from '../../core/object.js';
import { recordsOf, textOf } from '../attribute-values.js';
import type { Alteration, Kind, Operation, ReadContext, SetChange } from '../kind.js';
import { optionPin } from '../pins.js';
import { quoteIdent, quoteName } from '../quote.js';
import { altered, definitionRule, lexemesHazard, nameHazard, qualifiedNameOf, renameOperations } from '../text-search.js';
import { isUserSchema } from '../user-schema.js';
import { yaml } from './yaml.js';

const WORD = 'TEXT SEARCH DICTIONARY';

const nameOf = (object: SchemaObject): string => quoteName(object.parts);

/** One `name = value` of dictinitoption: a name as quote_ident() prints it, a literal ('…' or E'…' with quotes and backslashes doubled) or a number. */
const OPTION = `("(?:[^"]|"")+"|[^" ,=]+) = (E?''(?:[^'']|'''')*''|[^'', ]+)`;

/** Options are a list, in the order in which the template's function is given them. */
function query(read: ReadContext): string {
  return `
    select 'pg_catalog.pg_ts_dict'::regclass::oid as classid, d.oid as objid, 0 as objsubid,
           array[n.nspname, d.dictname]::text[] as parts,
           jsonb_build_object(
             'template', ${qualifiedNameOf('pg_ts_template', 'tmpl', 'd.dicttemplate')},
             'options', (select coalesce(jsonb_agg(jsonb_build_object('name', (pg_catalog.parse_ident(m.pair[1]))[1], 'value', m.pair[2]) order by m.at), '[]')
               from pg_catalog.regexp_matches(d.dictinitoption, '${OPTION}', 'g') with ordinality as m(pair, at))) as attributes
      from pg_catalog.pg_ts_dict d join pg_catalog.pg_namespace n on n.oid = d.dictnamespace
     where ${isUserSchema('n.nspname')} and ${read.within('pg_ts_dict', 'd.oid')}`;
}

interface Option {
  readonly name: string;
  /** As SQL: a literal or a number. */
  readonly value: string;
}

function optionsOf(object: SchemaObject): readonly Option[] {
  return recordsOf(object, 'options').map(({ name, value }) => ({ name: String(name), value: String(value) }));
}

const written = ({ name, value }: Option): string => `${quoteIdent(name)} = ${value}`;

function createSql(object: SchemaObject): string {
  const clauses = [`TEMPLATE = ${textOf(object, 'template') ?? ''}`, ...optionsOf(object).map(written)];
  return `CREATE ${WORD} ${nameOf(object)} (${clauses.join(', ')})`;
}

/** An option that is given moves to the end, one without a value goes: naming all of them gives their order too. */
function alterSql(from: SchemaObject, to: SchemaObject): string {
  const wanted = optionsOf(to);
  const gone = optionsOf(from).filter(({ name }) => !wanted.some((option) => option.name === name));
  return `ALTER ${WORD} ${nameOf(to)} (${[...gone.map(({ name }) => quoteIdent(name)), ...wanted.map(written)].join(', ')})`;
}

function alter({ before, after, changed }: SetChange): Alteration {
  if (changed.has('template')) return 'replace';
  const operation: Operation = {
    sql: alterSql(before, after),
    hazards: [lexemesHazard(after, WORD)],
    undo: { sql: [alterSql(after, { ...before, parts: after.parts })] },
  };
  return { operations: [operation] };
}

export const kind: Kind = {
  name: 'text_search_dictionary',
  rank: 46,
  attributes: { template: 'exact', options: 'exact' },
  heldIn: 'pg_catalog.pg_ts_dict where oid >= 16384',
  query,
  reference: (object) => `${WORD} ${nameOf(object)}`,
  create: (object) => [{ sql: createSql(object), undo: { sql: [`DROP ${WORD} ${nameOf(object)}`] } }],
  alter,
  drop: (object) => [
    {
      sql: `DROP ${WORD} ${nameOf(object)}`,
      hazards: [nameHazard(object, WORD, 'drop-text-search')],
      undo: { sql: [createSql(object)] },
    },
  ],
  rename: (object, to) => renameOperations(object, WORD, to, nameHazard(object, WORD, 'rename-text-search')),
  pin: (object) => optionPin(`${WORD} ${nameOf(object)}`),
  sql: [
    definitionRule('text_search_dictionary', 'OBJECT_TSDICTIONARY'),
    { node: 'AlterTSDictionaryStmt', read: (node) => ({ provides: [], alters: [altered(node, 'dictname')], declares: [] }) },
  ],
  yaml,
};
