/**
 * Event triggers: functions that run on DDL. They belong to the database, and made last, as each of them acts on every statement after it.
 */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { str } from '../ast.js';
import { textOf, textsOf } from '../attribute-values.js';
import type { Alteration, Hazard, Kind, NameRef, Operation, ReadContext, SetChange } from '../kind.js';
import { catalogRowPin } from '../pins.js';
import { quoteIdent, quoteLiteral } from '../quote.js';
import { SUPERUSER } from '../requirements.js';
import { procName } from '../routine-catalog.js';
import { neverFire } from '../seed-catalog.js';
import { yaml } from './yaml.js';

function query(read: ReadContext): string {
  return `
    select 'pg_catalog.pg_event_trigger'::regclass::oid as classid, e.oid as objid, 0 as objsubid,
           array[e.evtname]::text[] as parts,
           jsonb_build_object(
             'event', e.evtevent,
             'tags', (select coalesce(jsonb_agg(t.tag order by t.tag collate "C"), '[]') from pg_catalog.unnest(e.evttags) as t(tag)),
             'tags_as_written', pg_catalog.to_jsonb(coalesce(e.evttags, '{}')),
             'function', ${procName('e.evtfoid')},
             'enabled', case e.evtenabled when 'O' then 'origin' when 'D' then 'disabled' when 'R' then 'replica' else 'always' end) as attributes
      from pg_catalog.pg_event_trigger e
     where ${read.within('pg_event_trigger', 'e.oid')}`;
}

const ENABLED = 'origin';
const STATES: Readonly<Record<string, string>> = {
  origin: 'ENABLE',
  disabled: 'DISABLE',
  replica: 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
};

const nameOf = (object: SchemaObject): string => quoteIdent(object.parts[0] ?? '');
const stateOf = (object: SchemaObject): string => textOf(object, 'enabled') ?? ENABLED;
const dropSql = (object: SchemaObject): string => `DROP EVENT TRIGGER ${nameOf(object)}`;

function createSql(object: SchemaObject): string {
  const tags = textsOf(object, 'tags_as_written').map(quoteLiteral);
  return [
    `CREATE EVENT TRIGGER ${nameOf(object)} ON ${textOf(object, 'event') ?? ''}`,
    ...(tags.length === 0 ? [] : [`WHEN TAG IN (${tags.join(', ')})`]),
    `EXECUTE FUNCTION ${textOf(object, 'function') ?? ''}()`,
  ].join(' ');
}

function enable(object: SchemaObject, from: string, to: string): Operation {
  const sql = (state: string): string => `ALTER EVENT TRIGGER ${nameOf(object)} ${STATES[state] ?? 'ENABLE'}`;
  return {
    sql: sql(to),
    hazards: [hazard(object, 'alter-event-trigger', `is ${to === 'disabled' ? 'off' : 'on'} from now on`)],
    undo: { sql: [sql(from)] },
  };
}

function hazard(object: SchemaObject, code: string, what: string): Hazard {
  return {
    code,
    address: object.address,
    message: `event trigger ${nameOf(object)} (${textOf(object, 'event') ?? ''}) ${what}, for everybody's DDL`,
    evenNew: true,
  };
}

/** CREATE EVENT TRIGGER makes it enabled; what comes with it in one transaction is the statement that says otherwise. */
function create(object: SchemaObject): readonly Operation[] {
  const made: Operation = {
    sql: createSql(object),
    requires: SUPERUSER,
    hazards: [hazard(object, 'create-event-trigger', 'is made')],
    undo: { sql: [dropSql(object)] },
  };
  return stateOf(object) === ENABLED ? [made] : [made, enable(object, ENABLED, stateOf(object))];
}

function alter({ before, after, changed }: SetChange): Alteration {
  // PostgreSQL changes nothing else of it.
  if (changed.size > 1 || !changed.has('enabled')) return 'replace';
  return { operations: [enable(after, stateOf(before), stateOf(after))] };
}

function renamed(object: SchemaObject, to: string): readonly Operation[] {
  const sql = (from: string, into: string): string => `ALTER EVENT TRIGGER ${from} RENAME TO ${into}`;
  return [{ sql: sql(nameOf(object), quoteIdent(to)), undo: { sql: [sql(quoteIdent(to), nameOf(object))] } }];
}

const reference = (name: string): NameRef => ({ space: 'other', schema: null, name });

export const kind: Kind = {
  name: 'event_trigger',
  rank: 85,
  ambient: true,
  lessens: ({ after, changed }) => changed.size === 1 && changed.has('enabled') && stateOf(after) === 'disabled',
  // The order of the tags means nothing.
  attributes: { event: 'exact', tags: 'exact', tags_as_written: 'unhashed', function: 'exact', enabled: 'exact' },
  heldIn: 'pg_catalog.pg_event_trigger',
  query,
  schema: () => null,
  reference: (object) => `EVENT TRIGGER ${nameOf(object)}`,
  create,
  alter,
  drop: (object) => [
    {
      sql: dropSql(object),
      hazards: [hazard(object, 'drop-event-trigger', 'is dropped')],
      undo: { sql: create(object).map(({ sql }) => sql) },
    },
  ],
  rename: renamed,
  // Sessions in scratch are replicas, for which ordinary ones do not fire. From 17 on event_triggers = off keeps the others still too.
  seeding: {
    quiet: (object, major) => (major < 17 && ['replica', 'always'].includes(stateOf(object)) ? [neverFire(object.parts[0] ?? '')] : []),
  },
  pin: (object) => catalogRowPin('pg_event_trigger', 'evtname', object.parts[0] ?? ''),
  sql: [
    {
      node: 'CreateEventTrigStmt',
      read(node, context) {
        const name = str(node, 'trigname');
        return {
          provides: [reference(name)],
          declares: [{ address: formatAddress('event_trigger', [name]), offset: context.offsetOf(undefined), named: true }],
        };
      },
    },
    { node: 'AlterEventTrigStmt', read: (node) => ({ provides: [], alters: [reference(str(node, 'trigname'))], declares: [] }) },
  ],
  yaml,
};
