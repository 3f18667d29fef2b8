/** Finds what a database holds and no kind models, by catalog, so that nothing is passed over in silence. Knows no kind. */
import type { Diagnostic } from '../core/diagnostic.js';
import { type Key, key } from './dependencies.js';
import { usersRowsOf } from './presence.js';

/** An object of the database that has no address. */
export interface Unmodelled {
  readonly key: Key;
  /** In PostgreSQL's own words, e.g. "cast from text to app.status". */
  readonly description: string;
  /** An interrupted command made it on the way to something else, and nobody wants it. */
  readonly isLeftover: boolean;
}

/** Catalogs of things that users create in a database, with what is not theirs or not a thing of its own left out. */
const CATALOGS: readonly (readonly [catalog: string, condition: string])[] = [
  ['pg_am', 'true'],
  ['pg_cast', 'true'],
  ['pg_class', `relkind in ('r', 'p', 'v', 'm', 'S', 'f') and relpersistence <> 't' and relnamespace <> 'pg_toast'::regnamespace`],
  ['pg_collation', 'true'],
  ['pg_conversion', 'true'],
  ['pg_event_trigger', 'true'],
  ['pg_foreign_data_wrapper', 'true'],
  ['pg_foreign_server', 'true'],
  ['pg_language', 'true'],
  ['pg_opclass', 'true'],
  // An operator without a function is a shell: the name that the commutator of another one stands for.
  ['pg_operator', 'oprcode <> 0'],
  ['pg_opfamily', 'true'],
  ['pg_proc', 'true'],
  ['pg_publication', 'true'],
  ['pg_statistic_ext', 'true'],
  ['pg_transform', 'true'],
  ['pg_ts_config', 'true'],
  ['pg_ts_dict', 'true'],
  ['pg_ts_parser', 'true'],
  ['pg_ts_template', 'true'],
  // Array types, row types and multiranges belong to another type or relation. A type of users that is a pseudo-type is a shell.
  ['pg_type', `typtype in ('b', 'd', 'e', 'p', 'r') and not exists (select from pg_catalog.pg_type e where e.typarray = x.oid)`],
];

/** What REINDEX CONCURRENTLY leaves when it is interrupted: INVALID, and kept up to date by every write or not at all. */
const LEFTOVER = `relkind = 'i' and relname ~ '_cc(new|old)[0-9]*$'
       and exists (select from pg_catalog.pg_index i where i.indexrelid = x.oid and not i.indisvalid)`;

/** Where the query looks: what presence.ts must ask about. */
export const UNMODELLED_PLACES: readonly string[] = CATALOGS.map(([catalog]) => usersRowsOf(catalog));

/**
 * Rows of [classid, oid, 0, description, isLeftover]; extension members and the ledger's tables are left out. `held`: the places that hold
 * something.
 */
export function unmodelledQuery(held: ReadonlySet<string>): string {
  const members = (catalog: string): string =>
    `not exists (select from pg_catalog.pg_depend d where d.classid = '${catalog}'::regclass and d.objid = x.oid and d.deptype = 'e')`;
  const found = [...CATALOGS.map(([catalog, condition]) => [catalog, condition, false] as const), ['pg_class', LEFTOVER, true] as const];
  const parts = found
    .filter(([catalog]) => held.has(usersRowsOf(catalog)))
    .map(
      ([catalog, condition, isLeftover]) => `
    select '${catalog}'::regclass::oid::int8, x.oid::int8, 0, pg_catalog.pg_describe_object('${catalog}'::regclass, x.oid, 0), ${isLeftover}
      from pg_catalog.${catalog} x
     where x.oid >= 16384 and ${condition} and ${members(catalog)}`,
    );
  return parts.length === 0 ? 'select where false' : parts.join('\n    union all');
}

/** Those of the rows that `isKnown` does not know. */
export function unmodelledOf(rows: readonly (readonly unknown[])[], isKnown: (key: Key) => boolean): readonly Unmodelled[] {
  return rows
    .map((row) => ({ key: key(Number(row[0]), Number(row[1]), 0), description: String(row[3] ?? ''), isLeftover: row[4] === true }))
    .filter((item) => item.description !== '' && !isKnown(item.key))
    .filter((item) => !/\bschemactl\./.test(item.description))
    .sort((a, b) => (a.description < b.description ? -1 : 1));
}

const SHOWN = 20;

export interface Telling {
  /** What no kind models is an error, and all of it is named. */
  readonly strict?: boolean;
  /** All of it is named. */
  readonly all?: boolean;
}

export function unmodelledDiagnostic(found: readonly Unmodelled[], telling: Telling = {}): readonly Diagnostic[] {
  const leftovers = found.filter(({ isLeftover }) => isLeftover);
  const others = found.filter(({ isLeftover }) => !isLeftover);
  return [
    ...leftovers.map(
      ({ description }): Diagnostic => ({
        code: 'SC4004',
        severity: 'warning',
        summary: `an interrupted command left the invalid ${description}`,
        detail: 'It is no part of the schema, serves no query, and may cost every write.',
        hint: `drop it: drop ${description.replace(/^(\w+) /, '$1 concurrently ')}`,
      }),
    ),
    ...(others.length === 0 ? [] : [notManaged(others, telling)]),
  ];
}

function notManaged(found: readonly Unmodelled[], { strict = false, all = strict }: Telling): Diagnostic {
  const shown = found.slice(0, all ? found.length : SHOWN).map((item) => item.description);
  const more = found.length > shown.length ? [`and ${found.length - shown.length} more`] : [];
  return {
    code: 'SC4003',
    severity: strict ? 'error' : 'warning',
    summary: `the database holds ${found.length} ${found.length === 1 ? 'object' : 'objects'} that schemactl does not manage yet`,
    detail: [...shown, ...more].join('\n'),
    hint: strict
      ? 'remove them, or plan without --strict-coverage (coverage: strict): they are left alone then'
      : 'they are left alone; look after them by other means',
  };
}
