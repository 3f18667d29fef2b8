/** Which type names PostgreSQL itself provides and how format_type() prints them; knows no type of users. */

/** pg_type of pg_catalog (PostgreSQL 14 to 18) without arrays and without the row types of system tables, which all begin with pg_. */
const BUILTIN = new Set(
  `aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray anycompatiblerange anyelement
   anyenum anymultirange anynonarray anyrange bit bool box bpchar bytea char cid cidr circle cstring date datemultirange daterange
   event_trigger fdw_handler float4 float8 gtsvector index_am_handler inet int2 int2vector int4 int4multirange int4range int8
   int8multirange int8range internal interval json jsonb jsonpath language_handler line lseg macaddr macaddr8 money name numeric
   nummultirange numrange oid oidvector path point polygon record refcursor regclass regcollation regconfig regdictionary
   regnamespace regoper regoperator regproc regprocedure regrole regtype table_am_handler text tid time timestamp timestamptz timetz
   trigger tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot unknown uuid varbit varchar void
   xid xid8 xml`.split(/\s+/),
);

/** Where format_type() prints the SQL standard's words, or quotes a keyword. */
const PRINTED: ReadonlyMap<string, string> = new Map([
  ['any', '"any"'],
  ['bool', 'boolean'],
  ['bpchar', 'character'],
  ['char', '"char"'],
  ['float4', 'real'],
  ['float8', 'double precision'],
  ['int2', 'smallint'],
  ['int4', 'integer'],
  ['int8', 'bigint'],
  ['time', 'time without time zone'],
  ['timestamp', 'timestamp without time zone'],
  ['timestamptz', 'timestamp with time zone'],
  ['timetz', 'time with time zone'],
  ['varbit', 'bit varying'],
  ['varchar', 'character varying'],
]);

/** Whether an unqualified type name means a built-in one: pg_catalog is searched first unless the search path names it later. */
export function isBuiltinType(name: string): boolean {
  return BUILTIN.has(name) || name.startsWith('pg_');
}

/** How people write built-in types, in one word: integer and int4. */
export function builtinTypeWords(): readonly string[] {
  return [...BUILTIN, ...[...PRINTED.values()].filter((name) => /^[a-z]+$/.test(name))];
}

/** A built-in type's name as format_type(oid, null) prints it. */
export function builtinTypeText(name: string): string {
  return PRINTED.get(name) ?? name;
}
