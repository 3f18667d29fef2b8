/** ALTER … DEPENDS ON EXTENSION: what is marked so is dropped along with the extension. Knows no kind. */
import { quoteIdent } from './quote.js';

/** SQL expression: names of the extensions that the catalog row is marked to depend on. */
export function extensionsOf(catalog: string, oid: string): string {
  return `(select coalesce(jsonb_agg(e.extname order by e.extname), '[]')
    from pg_catalog.pg_depend d join pg_catalog.pg_extension e on e.oid = d.refobjid
   where d.classid = 'pg_catalog.${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'x'
     and d.refclassid = 'pg_catalog.pg_extension'::regclass)`;
}

/** What follows ALTER and the object's name to get from one set to the other. */
export function extensionClauses(before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...before.filter((name) => !after.includes(name)).map((name) => `NO DEPENDS ON EXTENSION ${quoteIdent(name)}`),
    ...after.filter((name) => !before.includes(name)).map((name) => `DEPENDS ON EXTENSION ${quoteIdent(name)}`),
  ];
}
