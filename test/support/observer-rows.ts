/** The queries of the second observer: which rows a user made, what they are called, and what no catalog but pg_depend says. */
import { type Catalog, hasColumn } from './observer-catalogs.js';
import { columnValue, constructorOf, privileges, readings } from './observer-columns.js';

/**
 * What is in a database but not part of its schema: the members of extensions, the schemas of the server and the ledger, and what
 * PostgreSQL made for these alone (deptypes i and a): their row types, constraints, indexes. Toast tables do not depend on their schema.
 */
export const HIDDEN = `with recursive hidden_schema as (
  select n.oid from pg_catalog.pg_namespace n where n.nspname in ('schemactl', 'pg_toast') or n.nspname ~ '^pg_(?:toast_)?temp_'
), hidden (classid, objid) as (
  select 'pg_catalog.pg_namespace'::regclass::oid, oid from hidden_schema
  union select 'pg_catalog.pg_class'::regclass::oid, c.oid from pg_catalog.pg_class c where c.relnamespace in (select oid from hidden_schema)
  union select d.classid, d.objid from pg_catalog.pg_depend d
    where d.deptype = 'e' or (d.refclassid = 'pg_catalog.pg_namespace'::regclass and d.refobjid in (select oid from hidden_schema))
  union select d.classid, d.objid from hidden h
    join pg_catalog.pg_depend d on d.refclassid = h.classid and d.refobjid = h.objid and d.deptype in ('i', 'a')
)
select classid, objid from hidden`;

/** Identifiers from here on are of objects that were made after initdb. */
const FIRST_USER_OID = 16_384;
/** The schema public, which initdb makes and users change. */
const PUBLIC = 2200;

/** Rows with: row (what it is called), oid, relation, and value, an array in the order of readings(). $1 and $2: what HIDDEN gives. */
export function rowsQuery(catalog: Catalog): string {
  const values = readings(catalog).map(({ sql }) => `(${sql})::text`);
  return `select ${nameOf(catalog)} as row, ${hasOid(catalog) ? 'x.oid::text' : 'null'} as oid, ${relationOf(catalog)} as relation,
  array[${values.join(',\n    ')}] as values
from pg_catalog.${catalog.name} x
where ${[...madeByUsers(catalog), ...notOfTheSchema(catalog), '$1::oid[] is not null and $2::oid[] is not null'].join('\n  and ')}`;
}

function hasOid(catalog: Catalog): boolean {
  return hasColumn(catalog, 'oid');
}

function madeByUsers(catalog: Catalog): readonly string[] {
  const visible = (classId: string, id: string): string =>
    `(${classId}, ${id}) not in (select * from unnest($1::oid[], $2::oid[])) and (${id} >= ${FIRST_USER_OID} or ${classId} = 'pg_catalog.pg_namespace'::regclass and ${id} = ${PUBLIC})`;
  if (hasColumn(catalog, 'objoid')) return [visible('x.classoid', 'x.objoid')];
  // initdb makes the extension plpgsql, and users drop it.
  if (catalog.name === 'pg_extension') return [];
  if (hasOid(catalog)) return [visible(`'pg_catalog.${catalog.name}'::regclass::oid`, 'x.oid')];
  const [anchor, referred] = catalog.key.flatMap((column) => {
    const to = catalog.references.get(column);
    return to === undefined || to === 'pg_database' || to === 'pg_authid' ? [] : [[column, to] as const];
  })[0] ?? [null, null];
  return anchor === null ? [] : [visible(`'pg_catalog.${referred}'::regclass::oid`, `x.${anchor}::oid`)];
}

function notOfTheSchema(catalog: Catalog): readonly string[] {
  const here = '(select d.oid from pg_catalog.pg_database d where d.datname = current_database())';
  return [
    ...[...catalog.references].flatMap(([column, to]) => (to === 'pg_database' ? [`x.${column} = ${here}`] : [])),
    ...(catalog.name === 'pg_attribute' ? ['x.attnum > 0', 'not x.attisdropped'] : []),
    // Every type has its array type, which has nothing of its own, not even a name.
    ...(catalog.name === 'pg_type' ? ['not exists (select from pg_catalog.pg_type e where e.typarray = x.oid)'] : []),
  ];
}

function nameOf(catalog: Catalog): string {
  const identified = (classId: string, id: string, sub: string): string =>
    `(select i.type || ' ' || i.identity from pg_catalog.pg_identify_object(${classId}, ${id}, ${sub}) i)`;
  if (catalog.name === 'pg_attribute')
    return `case when (select c.relkind from pg_catalog.pg_class c where c.oid = x.attrelid) in ('i', 'I') then 'column ' || x.attnum || ' of ' || x.attrelid::regclass
      else ${identified("'pg_catalog.pg_class'::regclass", 'x.attrelid', 'x.attnum')} end`;
  if (catalog.name === 'pg_trigger')
    return `case when x.tgisinternal and x.tgconstraint <> 0 then format('internal trigger of %s on %s calling %s', ${identified("'pg_catalog.pg_constraint'::regclass", 'x.tgconstraint', '0')}, x.tgrelid::regclass, x.tgfoid::regprocedure)
      else ${identified("'pg_catalog.pg_trigger'::regclass", 'x.oid', '0')} end`;
  if (catalog.name === 'pg_proc')
    return `coalesce(${constructorOf('x.oid')} || format(' taking (%s)', pg_catalog.pg_get_function_identity_arguments(x.oid)), ${identified("'pg_catalog.pg_proc'::regclass", 'x.oid', '0')})`;
  if (hasColumn(catalog, 'objoid'))
    return `${identified('x.classoid', 'x.objoid', 'x.objsubid')}${hasColumn(catalog, 'provider') ? ` || ' by ' || x.provider` : ''}`;
  // The labels of enums are no objects to the server's functions.
  if (hasOid(catalog) && catalog.name !== 'pg_enum') return identified(`'pg_catalog.${catalog.name}'::regclass`, 'x.oid', '0');
  const key = catalog.columns.filter(({ name }) => catalog.key.includes(name) && catalog.references.get(name) !== 'pg_database');
  return `concat_ws(', ', ${key.map(({ name, type }) => columnValue(catalog, name, type)).join(', ')})`;
}

/** The relation whose columns a row speaks of, as a name to select from. */
function relationOf(catalog: Catalog): string {
  if (catalog.name === 'pg_class') return nameOfRelation('x.oid');
  const column = catalog.columns.find(
    ({ name, type }) => catalog.references.get(name) === 'pg_class' && type === 'oid' && name !== 'indexrelid' && name !== 'classoid',
  );
  return column === undefined ? 'null::text' : nameOfRelation(`x.${column.name}`);
}

function nameOfRelation(id: string): string {
  return `(select i.identity from pg_catalog.pg_identify_object('pg_catalog.pg_class'::regclass, ${id}, 0) i where ${id} <> 0)`;
}

/** Edges of pg_depend that were asked for: who owns a sequence, what goes with an extension, and what is a member of one. */
export const EDGES = `select case d.deptype when 'e' then 'member' when 'x' then 'needs' else 'owned' end as name,
  (select i.type || ' ' || i.identity from pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) i) as row,
  (select i.type || ' ' || i.identity from pg_catalog.pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid) i) || ' ' || d.deptype::text as value
from pg_catalog.pg_depend d left join pg_catalog.pg_class c on d.classid = 'pg_catalog.pg_class'::regclass and c.oid = d.objid
where (d.deptype in ('e', 'x') and d.objid >= ${FIRST_USER_OID} or d.deptype in ('a', 'i') and d.refobjsubid > 0 and c.relkind = 'S')
  and (d.classid, d.objid) not in (select * from unnest($1::oid[], $2::oid[]) as h(c, o)
    where d.deptype <> 'e')`;

/** Privileges on what is not a user's, where they are no longer those that it came with; initdb does not note those of information_schema. */
export function changedPrivileges(catalog: Catalog): string | null {
  const column = catalog.columns.find(({ type }) => type === 'aclitem[]')?.name;
  const attribute = catalog.name === 'pg_attribute';
  if (column === undefined || (!attribute && !hasOid(catalog))) return null;
  const [classId, id, sub] = attribute ? ['pg_class', 'x.attrelid', 'x.attnum'] : [catalog.name, 'x.oid', '0'];
  return `select (select i.type || ' ' || i.identity from pg_catalog.pg_identify_object('pg_catalog.${classId}'::regclass, ${id}, ${sub}) i) as row,
  ${columnValue(catalog, column, 'aclitem[]')} as value
from pg_catalog.${catalog.name} x
left join pg_catalog.pg_init_privs p on p.classoid = 'pg_catalog.${classId}'::regclass and p.objoid = ${id} and p.objsubid = ${sub}
where x.${column} is distinct from p.initprivs and ${privileges(catalog, `x.${column}`)} <> ${privileges(catalog, 'p.initprivs')}
  and ${id} <> ${PUBLIC}
  and not exists (select from pg_catalog.pg_identify_object('pg_catalog.${classId}'::regclass, ${id}, ${sub}) i where i.identity ~ '^information_schema\\M')
  and (${id} < ${FIRST_USER_OID} or ('pg_catalog.${classId}'::regclass::oid, ${id}) in (select * from unnest($1::oid[], $2::oid[])))`;
}
