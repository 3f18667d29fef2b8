/** The statements that make and change a subscription. None of them reaches the publisher: what is to be done there is said. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf, textsOf } from '../attribute-values.js';
import type { Alteration, Hazard, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import { SUPERUSER } from '../requirements.js';
import { nowhereFor } from './conninfo.js';
import { formatted, markEnabled, withConnection } from './scratch.js';

export const reference = (object: SchemaObject): string => `SUBSCRIPTION ${quoteName(object.parts)}`;

const nameOf = (object: SchemaObject): string => object.parts[0] ?? '';

/** Those that ALTER sets where it reaches nobody. */
const OPTIONS = ['synchronous_commit', 'binary', 'streaming', 'disable_on_error', 'password_required', 'run_as_owner', 'origin'];
/** Those that a slot at the publisher is made with: a change of them goes there. */
const OF_SLOT = ['two_phase', 'failover'];

/** Null where the major has no such option. */
function option(object: SchemaObject, name: string): string | null {
  const value = object.attributes[name] ?? null;
  if (value === null) return null;
  return `${name} = ${typeof value === 'boolean' ? value : quoteLiteral(String(value))}`;
}

const options = (object: SchemaObject, names: readonly string[]): readonly string[] => names.flatMap((name) => option(object, name) ?? []);

function slot(object: SchemaObject): string {
  const name = textOf(object, 'slot');
  return `slot_name = ${name === null ? 'NONE' : quoteLiteral(name)}`;
}

const publications = (object: SchemaObject): string => textsOf(object, 'publications_as_written').map(quoteIdent).join(', ');

function connection(object: SchemaObject, verb: string, rest: string): Pick<Operation, 'sql' | 'scratch'> {
  const known = textOf(object, 'connection');
  const start = `${verb} ${reference(object)} CONNECTION `;
  return {
    sql: `${start}${quoteLiteral(known ?? '')}${rest}`,
    scratch: [withConnection(`${formatted(start)}%L${formatted(rest)}`, nowhereFor(known))],
  };
}

function hazard(object: SchemaObject, code: string, message: string, facts: Partial<Hazard> = {}): Hazard {
  return { code, address: object.address, message: `subscription ${quoteName(object.parts)} ${message}`, ...facts };
}

function enable(object: SchemaObject): Operation {
  return {
    sql: `ALTER ${reference(object)} ENABLE`,
    scratch: [markEnabled(nameOf(object))],
    hazards: [hazard(object, 'alter-subscription', 'is enabled: rows arrive as soon as its slot is there')],
    undo: { sql: [`ALTER ${reference(object)} DISABLE`] },
  };
}

const disable = (object: SchemaObject): Operation => ({
  sql: `ALTER ${reference(object)} DISABLE`,
  hazards: [hazard(object, 'alter-subscription', 'is disabled: no rows arrive, and the publisher keeps WAL for it')],
  undo: { sql: [`ALTER ${reference(object)} ENABLE`] },
});

const leave = (object: SchemaObject): string => `ALTER ${reference(object)} SET (slot_name = NONE)`;
const dropSql = (object: SchemaObject): string => `DROP ${reference(object)}`;

/** Superusers alone: a plan holds no password, and others must give one (from 16 on; before, they may make none at all). */
export function create(object: SchemaObject): readonly Operation[] {
  const given = ['connect = false', slot(object), ...options(object, [...OPTIONS, ...OF_SLOT])].join(', ');
  const end = ` PUBLICATION ${publications(object)} WITH (${given})`;
  const secrets = [...new Set(textsOf(object, 'secrets'))];
  const slotName = textOf(object, 'slot');
  const by = [
    ...(slotName === null ? [] : [`make the slot ${slotName} at the publisher (pg_create_logical_replication_slot)`]),
    `run ALTER ${reference(object)} REFRESH PUBLICATION here, WITH (copy_data = false) where the rows are there already`,
  ];
  const made: Operation = {
    ...connection(object, 'CREATE', end),
    requires: SUPERUSER,
    hazards: [
      hazard(object, 'create-subscription', `is made without reaching the publisher: ${by.join(', then ')}`, { evenNew: true }),
      ...(secrets.length === 0
        ? []
        : [hazard(object, 'subscription-secrets', `is made without ${secrets.join(', ')}: ${again(object)}`, { evenNew: true })]),
    ],
    undo: { sql: [...(slotName === null ? [] : [leave(object)]), dropSql(object)] },
  };
  return flagOf(object, 'enabled') && slotName !== null ? [made, enable(object)] : [made];
}

const again = (object: SchemaObject): string => `set the whole connection by hand with ALTER ${reference(object)} CONNECTION`;

/** Without its slot, so that nobody is asked for it: DROP would go to the publisher, and needs to be alone then. */
export function drop(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const slotName = textOf(object, 'slot');
  const undo = { reason: 'no plan holds how far a subscription is, nor its password' };
  const left = slotName === null ? '' : `; its slot ${slotName} stays at the publisher and keeps WAL there until it is dropped`;
  const gone = hazard(object, 'drop-subscription', `is dropped with its connection and how far it is${left}`, { destructive: true });
  // DROP SUBSCRIPTION leaves its comment behind [14 to 18].
  const isCommented = context.children(context.current, object.address, 'comment').length > 0;
  return [
    ...(isCommented ? [{ sql: `COMMENT ON ${reference(object)} IS NULL`, undo }] : []),
    ...(flagOf(object, 'enabled') ? [{ ...disable(object), hazards: [], undo }] : []),
    ...(slotName === null ? [] : [{ sql: leave(object), undo }]),
    // It locks the catalog that all databases share: whoever altered a subscription before, in the same transaction, may meet another who did.
    { sql: dropSql(object), mode: 'own', hazards: [gone], undo },
  ];
}

export function alter({ before, after, changed }: SetChange): Alteration {
  if (OF_SLOT.some((name) => changed.has(name))) return 'replace';
  const named = OPTIONS.filter((name) => changed.has(name));
  const set = (object: SchemaObject): string =>
    `ALTER ${reference(after)} SET (${[...options(object, named), ...(changed.has('slot') ? [slot(object)] : [])].join(', ')})`;
  const publish = (object: SchemaObject): string =>
    `ALTER ${reference(after)} SET PUBLICATION ${publications(object)} WITH (refresh = false)`;
  const enables = changed.has('enabled') && flagOf(after, 'enabled');
  const other = (sql: string, undo: string, message: string): Operation => ({
    sql,
    hazards: [hazard(after, 'alter-subscription', message)],
    // What a superuser said of passwords, only a superuser may say.
    ...(changed.has('password_required') && sql === set(after) ? { requires: SUPERUSER } : {}),
    undo: { sql: [undo] },
  });
  return {
    operations: [
      ...(changed.has('enabled') && !enables ? [disable(after)] : []),
      ...(changed.has('connection') ? [reconnect(before, after)] : []),
      ...(changed.has('publications')
        ? [other(publish(after), publish(before), `gets other publications: run ALTER ${reference(after)} REFRESH PUBLICATION afterwards`)]
        : []),
      ...(named.length > 0 || changed.has('slot') ? [other(set(after), set(before), 'works otherwise from now on')] : []),
      ...(enables ? [enable(after)] : []),
    ],
  };
}

/** The password of the connection that was is not in the new one. */
function reconnect(before: SchemaObject, after: SchemaObject): Operation {
  const lost = [...new Set([...textsOf(before, 'secrets'), ...textsOf(after, 'secrets')])];
  return {
    ...connection(after, 'ALTER', ''),
    requires: SUPERUSER,
    hazards:
      lost.length === 0
        ? [hazard(after, 'alter-subscription', 'is connected to another publisher, whose slot it needs')]
        : [hazard(after, 'subscription-secrets', `loses ${lost.join(', ')}, which no plan holds: ${again(after)}`, { destructive: true })],
    undo: { reason: 'no plan holds the password of the connection that was' },
  };
}
