/**
 * Statements that hold an object still until the end of the transaction; knows nothing of which kind needs which.
 *
 * They are written when the plan is made and run later, so none of them may say anything that could have changed meanwhile: "the owner is
 * still x", "it is still VOLATILE" would take back what somebody else did while the pin waited for their lock, before anybody looked.
 * A pin locks, or writes the catalog row as it is; then whoever else writes that row waits, and fails with "tuple concurrently updated".
 * Event triggers see the ALTERs and REVOKEs among them as what they are.
 */
import { formatAddress } from '../core/address.js';
import type { SchemaObject } from '../core/object.js';
import type { Pin } from './kind.js';
import { quoteIdent, quoteLiteral, quoteName } from './quote.js';

/** A storage parameter that does not exist: RESET looks for it, does not find it, and writes the row as it was. */
const NOBODYS = 'schemactl_pin';

/**
 * For tables, views, materialized views and indexes: SHARE UPDATE EXCLUSIVE, the weakest lock that no DDL on it goes past and no reader or
 * writer notices, and its row in pg_class, which GRANT writes without any lock. LOCK TABLE would do the first only, not for
 * indexes and materialized views, on views for all that they read too, and not for an owner who gave up UPDATE and DELETE. Not
 * kept out: GRANT on a column, and COMMENT ON a constraint, trigger, rule or policy of it, which lock nothing but that.
 */
export function relationPin(reference: string): Pin {
  return { sql: `ALTER ${reference} RESET (${NOBODYS})` };
}

/** For a table that PostgreSQL refuses to alter: the lock alone. */
export function lockPin(parts: readonly string[]): Pin {
  return { sql: `LOCK TABLE ONLY ${quoteName(parts)} IN SHARE UPDATE EXCLUSIVE MODE` };
}

/**
 * For what has privileges: its catalog row, which GRANT, ALTER and CREATE OR REPLACE write too. PUBLIC never holds a grant option, so
 * there is none to take away. (A NULL list becomes its explicit equal, which neither pg_dump nor anybody else tells apart.) Not kept out:
 * COMMENT ON, which writes another catalog, and whatever else leaves the row as it is. For a column that has such a list: its row.
 */
export function privilegesPin(grantReference: string, column: string | null = null): { readonly sql: string } {
  const part = column === null ? '' : ` (${quoteIdent(column)})`;
  return { sql: `REVOKE GRANT OPTION FOR ALL${part} ON ${grantReference} FROM PUBLIC` };
}

/**
 * For what has a schema and neither privileges nor an ALTER of its own: into the schema where it is, which locks it against DROP,
 * RENAME, OWNER TO, SET SCHEMA and COMMENT, and writes nothing. The role needs CREATE on the schema, as it does to make it again. Not kept
 * out: what changes it in place without a lock (ALTER OPERATOR … SET, ALTER OPERATOR FAMILY … ADD, ALTER STATISTICS … SET, ALTER TEXT
 * SEARCH CONFIGURATION … MAPPING).
 */
export function schemaPin(object: SchemaObject, reference: string): Pin {
  const [schema = ''] = object.parts;
  return {
    sql: `ALTER ${reference} SET SCHEMA ${quoteIdent(schema)}`,
    requires: [
      { privilege: 'OWNER', on: object.address },
      { privilege: 'CREATE', on: formatAddress('schema', [schema]) },
    ],
  };
}

/** For what superusers alone may change, who alone may lock rows of a catalog: no DDL gets past that but COMMENT ON. */
export function catalogRowPin(catalog: string, column: string, name: string): Pin {
  return {
    sql: `SELECT FROM pg_catalog.${catalog} WHERE ${column} = ${quoteLiteral(name)} FOR UPDATE`,
    requires: [{ privilege: 'SUPERUSER', on: null }],
  };
}

/**
 * For functions and procedures: their row in pg_proc. The parameter is one that can only be off and does nothing (so since 12);
 * PostgreSQL refuses names that it does not know, from all but superusers. Not kept out: COMMENT ON, DEPENDS ON EXTENSION.
 */
export function routinePin(reference: string): Pin {
  return { sql: `ALTER ${reference} RESET default_with_oids` };
}

/** For composite types: ACCESS EXCLUSIVE on the relation behind it, as all that changes its attributes. Not kept out: COMMENT ON TYPE, GRANT. */
export function attributesPin(name: string): Pin {
  return { sql: `ALTER TYPE ${name} DROP ATTRIBUTE IF EXISTS ${NOBODYS}` };
}

/**
 * For enums: the lock on the type that ADD VALUE, RENAME VALUE, COMMENT and DROP take too. A label that somebody renamed meanwhile is
 * added again, which the look at the type that follows takes for the change that it is. Not kept out: GRANT, OWNER TO, RENAME TO and SET
 * SCHEMA, which take no lock.
 */
export function labelPin(name: string, label: string): Pin {
  return { sql: `ALTER TYPE ${name} ADD VALUE IF NOT EXISTS ${quoteLiteral(label)}` };
}

/** For foreign tables, which have no storage parameters: ACCESS EXCLUSIVE by the words that do nothing since 12. Not kept out: GRANT. */
export function foreignTablePin(parts: readonly string[]): Pin {
  return { sql: `ALTER FOREIGN TABLE ${quoteName(parts)} SET WITHOUT OIDS` };
}

/** For text search dictionaries: their row, by taking out an option that it has not. Not kept out: COMMENT ON. */
export function optionPin(reference: string): Pin {
  return { sql: `ALTER ${reference} (${NOBODYS})` };
}
