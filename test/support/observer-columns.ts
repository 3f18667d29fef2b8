/** How the second observer turns one column of a catalog row into text that means the same in every database; knows nothing of schemactl. */
import type { Catalog } from './observer-catalogs.js';

/** A value to be read: its name and the SQL expression over the row `x`. */
export interface Reading {
  readonly name: string;
  readonly sql: string;
}

/** Columns that say nothing of the schema, or nothing that another reading does not say, with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'pg_attribute.attcacheoff': 'a cache',
  'pg_attribute.atthasmissing': 'how a default of old rows is kept',
  'pg_attribute.attmissingval': 'how a default of old rows is kept',
  'pg_attribute.attndims': 'what was written, int[] or int[][]: no command changes it, pg_dump does not write it',
  'pg_attribute.attrelid': 'in the identity',
  'pg_attribute.attnum': 'read as a rank among live columns',
  'pg_class.oid': 'an identifier',
  'pg_class.relallfrozen': 'statistics',
  'pg_class.relallvisible': 'statistics',
  'pg_class.relfilenode': 'where the data is',
  'pg_class.relfrozenxid': 'transactions',
  'pg_class.relhasindex': 'a hint that may be late',
  'pg_class.relhasrules': 'a hint that may be late',
  'pg_class.relhassubclass': 'a hint that may be late',
  'pg_class.relhastriggers': 'a hint that may be late',
  'pg_class.relispopulated': 'data',
  'pg_class.relminmxid': 'transactions',
  'pg_class.relnatts': 'counts dropped columns',
  'pg_class.relpages': 'statistics',
  'pg_class.relrewrite': 'a rewrite under way',
  'pg_class.reltoastrelid': 'a toast table follows from the columns, dropped ones too',
  'pg_class.reltuples': 'statistics',
  'pg_class.reltype': 'the row type has the name of the relation',
  'pg_collation.collversion': 'of the library of the system, as when it was made',
  'pg_enum.enumsortorder': 'read as a rank',
  'pg_index.indcheckxmin': 'transactions',
  'pg_inherits.inhseqno': 'read as a rank',
  'pg_proc.prosqlbody': 'in the definition',
  'pg_rewrite.ev_action': 'in the definition',
  'pg_rewrite.ev_qual': 'in the definition',
  'pg_subscription.subskiplsn': 'how far a subscription is',
  'pg_trigger.tgconstrindid': 'that of its constraint',
  'pg_trigger.tgqual': 'in the definition',
  'pg_type.typarray': 'the array type, whose name PostgreSQL gives',
};

/** Expressions: of which relation's columns they speak, as SQL. */
const TREES: Readonly<Record<string, string>> = {
  'pg_attrdef.adbin': 'x.adrelid',
  'pg_class.relpartbound': 'x.oid',
  'pg_constraint.conbin': 'x.conrelid',
  'pg_index.indexprs': 'x.indrelid',
  'pg_index.indpred': 'x.indrelid',
  'pg_partitioned_table.partexprs': 'x.partrelid',
  'pg_policy.polqual': 'x.polrelid',
  'pg_policy.polwithcheck': 'x.polrelid',
  'pg_proc.proargdefaults': '0',
  'pg_publication_rel.prqual': 'x.prrelid',
  'pg_statistic_ext.stxexprs': 'x.stxrelid',
  'pg_type.typdefaultbin': '0',
};

/**
 * The functions that make values of a range or a multirange are internal to the type. They take its name when it is made and keep it when it
 * is renamed, belong to the first superuser, and pg_dump does not write them: they are told by their type, their name beside it.
 */
export function constructorOf(id: string): string {
  return `(select format('constructor of %s', (pg_catalog.pg_identify_object(d.refclassid, d.refobjid, 0)).identity) from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = ${id} and d.refclassid = 'pg_catalog.pg_type'::regclass and d.deptype = 'i')`;
}

/** Read otherwise than by its type. */
const SPECIAL: Readonly<Record<string, string>> = {
  // The text of a domain's default as it was given; the expression beside it is what holds.
  'pg_type.typdefault': 'case when x.typdefaultbin is null then x.typdefault end',
  // A copy of one that the server brought says "any encoding" where CREATE COLLATION says that of the database; pg_dump writes neither.
  'pg_collation.collencoding': `case when x.collencoding not in (-1, (select d.encoding from pg_catalog.pg_database d where d.datname = current_database()))
    then x.collencoding::text end`,
  'pg_cast.castfunc': `coalesce(${constructorOf('x.castfunc')}, ${identity('pg_proc', 'x.castfunc')})`,
  // Of keys it says whether the constraint was made with its parent's or attached to it later.
  // A child's NOT NULL becomes its own by DDL, and never its parent's alone again.
  'pg_constraint.conislocal': "case when x.contype <> 'n' then x.conislocal::text end",
  'pg_constraint.connoinherit': "case when x.contype in ('c', 'n') then x.connoinherit::text end",
  // Of several keys that fit, a foreign key takes the oldest: which columns it refers to is said beside it.
  'pg_constraint.conindid': `case when x.contype <> 'f' then ${identity('pg_class', 'x.conindid')} end`,
  // Triggers that keep foreign keys are named by their identifier; columns of an index keep the name that the table's had.
  'pg_trigger.tgname': 'case when not x.tgisinternal then x.tgname::text end',
  'pg_trigger.tgparentid': `case when x.tgparentid = 0 then '-' else (select regexp_replace(i.identity, '^("RI_ConstraintTrigger_[ac]_)\\d+', '\\1')
    from pg_catalog.pg_identify_object('pg_catalog.pg_trigger'::regclass, x.tgparentid, 0) i) end`,
  // An index gets it with a later SET COMPRESSION of the column, and not when it is made; pg_dump does not write it.
  'pg_attribute.attcompression': `case when (select c.relkind from pg_catalog.pg_class c where c.oid = x.attrelid) not in ('i', 'I') then x.attcompression::text end`,
  'pg_attribute.attname': `case when (select c.relkind from pg_catalog.pg_class c where c.oid = x.attrelid) not in ('i', 'I') then x.attname::text end`,
};

/**
 * Arrays whose order means nothing: columns that PostgreSQL sorts by number, roles by identifier, options that pg_dump sorts by name, settings, for
 * each of which it writes a statement.
 */
const UNORDERED: ReadonlySet<string> = new Set([
  'pg_publication_rel.prattrs',
  'pg_statistic_ext.stxkeys',
  'pg_policy.polroles',
  'pg_db_role_setting.setconfig',
  'pg_attribute.attfdwoptions',
  'pg_foreign_data_wrapper.fdwoptions',
  'pg_foreign_server.srvoptions',
  'pg_foreign_table.ftoptions',
  'pg_user_mapping.umoptions',
]);

/** Definitions by PostgreSQL's own functions, and ranks. Where an expression is in it, the columns say all of it but the expression. */
const BESIDE: Readonly<Record<string, readonly Reading[]>> = {
  pg_attribute: [
    {
      name: 'rank',
      sql: `(select count(*) from pg_catalog.pg_attribute b where b.attrelid = x.attrelid and b.attnum > 0 and b.attnum <= x.attnum and not b.attisdropped)::text`,
    },
  ],
  pg_class: [{ name: 'query', sql: `case when x.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(x.oid) end` }],
  pg_constraint: [{ name: 'definition', sql: `case when x.conbin is null then pg_catalog.pg_get_constraintdef(x.oid) end` }],
  pg_enum: [
    {
      name: 'rank',
      sql: `(select count(*) from pg_catalog.pg_enum e where e.enumtypid = x.enumtypid and e.enumsortorder <= x.enumsortorder)::text`,
    },
  ],
  pg_index: [
    { name: 'definition', sql: `case when x.indexprs is null and x.indpred is null then pg_catalog.pg_get_indexdef(x.indexrelid) end` },
  ],
  pg_inherits: [
    {
      name: 'rank',
      sql: `(select count(*) from pg_catalog.pg_inherits i where i.inhrelid = x.inhrelid and i.inhseqno <= x.inhseqno)::text`,
    },
  ],
  pg_partitioned_table: [{ name: 'definition', sql: `case when x.partexprs is null then pg_catalog.pg_get_partkeydef(x.partrelid) end` }],
  pg_proc: [
    {
      name: 'definition',
      sql: `case when x.prokind <> 'a' and ${constructorOf('x.oid')} is null then pg_catalog.pg_get_functiondef(x.oid) end`,
    },
  ],
  pg_rewrite: [{ name: 'definition', sql: `case when x.rulename <> '_RETURN' then pg_catalog.pg_get_ruledef(x.oid) end` }],
  pg_statistic_ext: [{ name: 'definition', sql: `case when x.stxexprs is null then pg_catalog.pg_get_statisticsobjdef(x.oid) end` }],
  pg_trigger: [
    { name: 'definition', sql: `case when not x.tgisinternal then ${triggerPart(1)} || ' EXECUTE ' || ${triggerPart(3)} end` },
    { name: 'when', sql: `case when not x.tgisinternal then ${triggerPart(2)} end` },
  ],
};

function triggerPart(part: number): string {
  return `(regexp_match(pg_catalog.pg_get_triggerdef(x.oid), '^(.*?)(?: WHEN \\((.*)\\))? EXECUTE (.*)$'))[${part}]`;
}

/** What acldefault() calls a class of objects; those without one have no privileges until some are granted. */
const PRIVILEGES: Readonly<Record<string, string>> = {
  pg_class: `case x.relkind when 'S' then 's'::"char" else 'r'::"char" end`,
  pg_foreign_data_wrapper: `'F'`,
  pg_foreign_server: `'S'`,
  pg_language: `'l'`,
  pg_namespace: `'n'`,
  pg_proc: `'f'`,
  pg_type: `'T'`,
};

/** In the name of the row: its own identifier, or those that comments and labels have of any object. */
const IDENTITY: ReadonlySet<string> = new Set(['oid', 'objoid', 'classoid', 'objsubid']);

/** All that is read of a row. @throws Error on a type of column that nobody decided about. */
export function readings(catalog: Catalog): readonly Reading[] {
  return [
    ...catalog.columns
      .filter(
        ({ name }) =>
          !IDENTITY.has(name) && LEFT_OUT[`${catalog.name}.${name}`] === undefined && catalog.references.get(name) !== 'pg_database',
      )
      .map(({ name, type }) => ({ name, sql: columnValue(catalog, name, type) })),
    ...(BESIDE[catalog.name] ?? []),
  ];
}

export function columnValue(catalog: Catalog, column: string, type: string): string {
  const name = `${catalog.name}.${column}`;
  const value = `x.${column}`;
  const special = SPECIAL[name];
  if (special !== undefined) return special;
  const array = type.endsWith('[]') || type === 'oidvector' || type === 'int2vector';
  const referred = catalog.references.get(column);
  if (referred !== undefined)
    return array ? listed(name, `${value}::oid[]`, (item) => identity(referred, item)) : identity(referred, value);
  const relation = catalog.columnNumbers.get(column);
  if (relation !== undefined) {
    const named = (item: string): string => columnName(`x.${relation}`, item);
    return array ? listed(name, `${value}::int2[]`, named) : named(value);
  }
  if (type === 'pg_node_tree') {
    const from = TREES[name];
    if (from === undefined)
      throw new Error(`${name} is an expression that this observer cannot read: decide about it in observer-columns.ts`);
    return `pg_catalog.pg_get_expr(${value}, ${from})`;
  }
  if (type === 'aclitem[]') return privileges(catalog, value);
  if (/^(?:oid|xid|pg_lsn|anyarray)/.test(type))
    throw new Error(`${name} (${type}) is nothing that this observer can read: decide about it in observer-columns.ts`);
  return array && UNORDERED.has(name) ? listed(name, value, (item) => item) : `${value}::text`;
}

function identity(catalog: string, value: string): string {
  return `case when ${value}::oid = 0 then '-' else (select coalesce(i.identity, 'none') from pg_catalog.pg_identify_object('pg_catalog.${catalog}'::regclass, ${value}::oid, 0) i) end`;
}

export function columnName(relation: string, number: string): string {
  return `case when ${number} = 0 then '-' else (select a.attname::text from pg_catalog.pg_attribute a where a.attrelid = ${relation} and a.attnum = ${number}) end`;
}

function listed(name: string, array: string, item: (value: string) => string): string {
  const order = UNORDERED.has(name) ? '1' : 'u.place';
  const aggregated = `string_agg(v.text, ', ' order by ${order === '1' ? 'v.text collate "C"' : order})`;
  return `(select ${aggregated} from unnest(${array}) with ordinality u(value, place), lateral (select ${item('u.value')} as text) v)`;
}

/** A list of privileges as text; none at all is what acldefault() says. */
export function privileges(catalog: Catalog, value: string): string {
  const owner = catalog.columns.find(({ name }) => name.endsWith('owner'))?.name;
  const kind = PRIVILEGES[catalog.name];
  const all = kind === undefined || owner === undefined ? value : `coalesce(${value}, pg_catalog.acldefault(${kind}, x.${owner}))`;
  return `(select coalesce(string_agg(p.text, ', ' order by p.text collate "C"), 'none') from (
    select format('%s to %s by %s%s', a.privilege_type, case when a.grantee = 0 then 'public' else a.grantee::regrole::text end,
      a.grantor::regrole, case when a.is_grantable then ' with grant option' end) as text from pg_catalog.aclexplode(${all}) a) p)`;
}
