/** How scratch comes to hold a routine in C whose library it does not have. Knows nothing of other routines. */
import type { SchemaObject } from '../core/object.js';
import type { Seeding } from './kind.js';
import { quoteLiteral } from './quote.js';
import { routineName, routineOf } from './routine.js';

/**
 * CREATE FUNCTION … LANGUAGE c loads the library, whatever check_function_bodies says. A built-in function stands for it, and then the row
 * of the catalog is made what it is live: it can be altered, replaced and dropped, and fails if it is called.
 */
export const nativeSeeding: Seeding = {
  substitute(routine) {
    if (routineOf(routine).library === null) return null;
    return {
      object: { ...routine, attributes: { ...routine.attributes, language: 'internal', library: null, body: 'now' } },
      reason: null,
    };
  },
  overlay(routine, made) {
    if (routine === made) return [];
    return [rowOf(routine)];
  },
};

function rowOf(routine: SchemaObject): string {
  const { library, body, language } = routineOf(routine);
  return `update pg_catalog.pg_proc set probin = ${quoteLiteral(library ?? '')}, prosrc = ${quoteLiteral(body ?? '')},
  prolang = (select l.oid from pg_catalog.pg_language l where l.lanname = ${quoteLiteral(language)})
where oid = ${quoteLiteral(routineName(routine))}::pg_catalog.regprocedure`;
}
