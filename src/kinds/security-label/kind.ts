/**
 * Security labels: what a label provider (a library that the server loads) knows an object by. Providers may label objects on their own
 * when those are made, so labels that nobody declares are left alone.
 */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Kind, Operation, OperationContext } from '../kind.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import { query } from './catalog.js';
import { type Labelled, relation, routine, setLabel, single, type } from './in-catalog.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

const RELATIONS: ReadonlySet<string> = new Set(['table', 'view', 'materialized_view', 'sequence', 'foreign_table']);
const ROUTINES: ReadonlySet<string> = new Set(['function', 'procedure', 'aggregate']);
const SINGLE: Readonly<Record<string, readonly [catalog: string, objectType: string]>> = {
  schema: ['pg_namespace', 'schema'],
  language: ['pg_language', 'language'],
  event_trigger: ['pg_event_trigger', 'event trigger'],
  publication: ['pg_publication', 'publication'],
  subscription: ['pg_subscription', 'subscription'],
};

function labelled(label: SchemaObject, owner: SchemaObject): Labelled {
  const { kind: kindName, parts } = owner;
  if (kindName === 'column') return relation(parts.slice(0, -1), parts.at(-1) ?? '');
  const column = textOf(label, 'column');
  if (RELATIONS.has(kindName) || column !== null) return relation(parts, column);
  if (ROUTINES.has(kindName)) return routine(parts, owner.signature);
  const alone = SINGLE[kindName];
  return alone === undefined ? type(parts) : single(alone[0], alone[1], parts.at(-1) ?? '');
}

function statement(
  label: SchemaObject,
  text: string | null,
  context: OperationContext,
  isGone = false,
): Pick<Operation, 'sql' | 'scratch'> {
  const [first, second] = isGone ? [context.current, context.desired] : [context.desired, context.current];
  const owner = first.get(label.parent ?? '') ?? second.get(label.parent ?? '');
  if (owner === undefined) throw new Error(`${label.address} has no target`);
  const [column, provider] = [textOf(label, 'column'), textOf(label, 'provider') ?? ''];
  const target = column === null ? context.reference(owner) : `COLUMN ${quoteName([...owner.parts, column])}`;
  return {
    sql: `SECURITY LABEL FOR ${quoteIdent(provider)} ON ${target} IS ${text === null ? 'NULL' : quoteLiteral(text)}`,
    scratch: setLabel(labelled(label, owner), provider, text),
  };
}

/** The provider may refuse a label, or the role that gives it: who may is for it to say. */
function relabel(label: SchemaObject, from: string | null, to: string | null, context: OperationContext): readonly Operation[] {
  const { sql, scratch = [] } = statement(label, to, context, to === null);
  const provider = textOf(label, 'provider') ?? '';
  const message = `${label.parent ?? ''} is ${to === null ? 'no longer labelled' : `labelled ${to}`} for ${provider}, which decides by it`;
  const undo = { sql: [statement(label, from, context, to === null).sql] };
  return [{ sql, scratch, hazards: [{ code: 'security-label', address: label.address, message }], undo }];
}

export const kind: Kind = {
  name: 'security_label',
  rank: 96,
  presence: 'declared',
  heldIn: '(select objoid from pg_catalog.pg_seclabel union all select objoid from pg_catalog.pg_shseclabel) labels',
  query,
  attributes: { label: 'exact', provider: 'exact', column: 'exact' },
  reference: (label) => `SECURITY LABEL ON ${label.parent ?? ''}`,
  create: (label, context) => relabel(label, null, textOf(label, 'label'), context),
  alter: ({ before, after }, context) => ({ operations: relabel(after, textOf(before, 'label'), textOf(after, 'label'), context) }),
  drop: (label, context) => relabel(label, textOf(label, 'label'), null, context),
  pin: () => ({ reason: 'nothing but SECURITY LABEL and DROP takes the lock that SECURITY LABEL takes' }),
  sql: statementRules,
  yaml,
};
