/** The contract of reading: what queries of kinds are told, and the rows that they answer with. Knows no kind. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { SchemaObject } from '../core/object.js';

/** What a kind's catalog query may depend on. */
export interface ReadContext {
  /** Server major version: 14 to 18. */
  readonly major: number;
  /**
   * SQL condition that `oid` (an expression of type oid, in catalog `catalog`, e.g. 'pg_class') is within the part of the
   * catalog being read: "true" for a whole read. Put it in the where clause of every query, on the relation, routine or
   * type that the row belongs to; a row that belongs to a schema or to the database takes the catalog of its own.
   */
  readonly within: (catalog: string, oid: string) => string;
  /** True where a catalog is known to hold nothing of users: a query of many catalogs leaves it out. Absent: nothing is known. */
  readonly isEmpty?: (catalog: string) => boolean;
}

/**
 * One row of a kind's catalog query. The query runs with an empty search_path in one multi-statement round trip, so it has no
 * parameters; it never reads system objects (their schema is pg_catalog, pg_toast, information_schema, or temporary).
 * Extension members are dropped by the reader, which also turns oids into addresses.
 */
export interface CatalogRow {
  readonly classid: number;
  readonly objid: number;
  readonly objsubid: number;
  /** Names, outermost first; null for attached objects, whose address is made from `parent` and `qualifier`. */
  readonly parts: readonly string[] | null;
  readonly signature?: string | null;
  /** jsonb_build_array(classid, objid, objsubid) of the parent. */
  readonly parent?: readonly [number, number, number] | null;
  readonly qualifier?: string | null;
  /** jsonb array of [classid, objid, objsubid] that stand for this object in pg_depend (row type, array type, rewrite rule, index …). */
  readonly also?: readonly (readonly [number, number, number])[] | null;
  /** jsonb array of [classid, objid, objsubid] that this depends on beyond pg_depend. */
  readonly needs?: readonly (readonly [number, number, number])[] | null;
  /**
   * jsonb array of [classid, objid, objsubid]: pg_depend edges of this row that say only "goes with", not "needs". A serial's sequence
   * is dropped with its column, whose default needs the sequence first: kept as a need, the edge would be a cycle.
   */
  readonly ignores?: readonly (readonly [number, number, number])[] | null;
  /**
   * jsonb array of [classid, objid, objsubid]: pg_depend edges of this row that say neither, because another object stands for them and
   * is dropped first. A partition goes with its parent only as long as it is attached.
   */
  readonly severs?: readonly (readonly [number, number, number])[] | null;
  readonly attributes: SchemaObject['attributes'];
}

/** How objects are read that stand in tables and not in the catalog, in the same snapshot. */
export interface Contents {
  /** Asked with the catalog: what of the tables there is to be read. */
  readonly shape: string;
  /** The query for that (columns as of CatalogRow), made of the answer's rows; null: there is nothing. */
  query(shape: readonly (readonly unknown[])[]): string | null;
  /** Rows of its answer that are objects; the others are what is wrong with it. */
  judge(rows: readonly CatalogRow[]): { readonly rows: readonly CatalogRow[]; readonly diagnostics: readonly Diagnostic[] };
}
