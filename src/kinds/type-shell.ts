/**
 * The shells of types. A type and functions that it is made of need each other where these take or give its values: so it is made twice, as a shell
 * before them and whole after them, and goes together with them. Knows how functions are written, not how types are.
 */
import { type Address, formatAddress } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { flagOf } from './attribute-values.js';
import type { OperationContext } from './kind.js';
import { quoteBody, quoteLiteral, quoteName } from './quote.js';
import { routineName } from './routine.js';
import { createFunction } from './routine-statement.js';

type Named = Pick<SchemaObject, 'parts'>;

const nameOf = (type: Named): string => quoteName(type.parts);

export const shellAddress = (type: Named): Address => formatAddress('shell_type', type.parts);

export const createShell = (type: Named): string => `CREATE TYPE ${nameOf(type)}`;

/** The functions that have only the shell to name, and so are made before the type: those that it is made of. */
export function functionsOf(type: Named, state: State): readonly SchemaObject[] {
  const shell = shellAddress(type);
  return [...state.values()].filter(({ kind, dependsOn }) => kind === 'function' && dependsOn.includes(shell));
}

/** Whether a function has no drop of its own, because the type that is made of it goes too. */
export function goesWithType(routine: SchemaObject, { current, isDropped }: Pick<OperationContext, 'current' | 'isDropped'>): boolean {
  return routine.dependsOn.some((on) => {
    const shell = current.get(on);
    return shell?.kind === 'shell_type' && flagOf(shell, 'defined') && isDropped(on);
  });
}

export function createShellAndFunctions(type: Named, functions: readonly SchemaObject[]): readonly string[] {
  return [createShell(type), ...functions.map((routine) => createFunction(routine, 'CREATE'))];
}

/**
 * PostgreSQL drops the type and its functions together only by CASCADE, which takes whatever else leans on them as well: so the statement looks
 * first, and fails over anything that is neither named here nor internal to the type (arrays, a multirange). A mere shell goes alone.
 */
export function dropWithFunctions(type: Named, functions: readonly SchemaObject[]): string {
  const drop = `DROP TYPE ${nameOf(type)}`;
  if (functions.length === 0) return drop;
  const named = functions.map((routine) => `${quoteLiteral(routineName(routine))}::pg_catalog.regprocedure::pg_catalog.oid`).join(', ');
  return `DO ${quoteBody(`
DECLARE
  other text;
BEGIN
  WITH RECURSIVE own (classid, objid) AS (
    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid, ${quoteLiteral(nameOf(type))}::pg_catalog.regtype::pg_catalog.oid
    UNION SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid, pg_catalog.unnest(ARRAY[${named}])
    UNION SELECT d.classid, d.objid FROM own JOIN pg_catalog.pg_depend d ON d.refclassid = own.classid AND d.refobjid = own.objid
      WHERE d.deptype = 'i'
  )
  SELECT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) INTO other
    FROM own JOIN pg_catalog.pg_depend d ON d.refclassid = own.classid AND d.refobjid = own.objid
    WHERE NOT EXISTS (SELECT FROM own AS its WHERE its.classid = d.classid AND its.objid = d.objid)
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'type % cannot be dropped: % depends on it or on its functions', ${quoteLiteral(nameOf(type))}, other
      USING ERRCODE = 'dependent_objects_still_exist';
  END IF;
  ${drop} CASCADE;
END
`)}`;
}
