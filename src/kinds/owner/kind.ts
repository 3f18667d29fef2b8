/** The owner of an object; everything that can be owned always has one, so there is nothing to create or drop, only to change. */
import { type Address, formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import type { PlanRequirement } from '../../core/plan.js';
import { textOf } from '../attribute-values.js';
import type { Kind, Operation, OperationContext } from '../kind.js';
import { privilegesPin } from '../pins.js';
import { quoteIdent } from '../quote.js';
import { CREATE_IN_DATABASE, SUPERUSER } from '../requirements.js';
import { query } from './catalog.js';
import { sequenceLinks } from './linked-sequences.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

function setOwner(owner: SchemaObject, before: SchemaObject | null, context: OperationContext): readonly Operation[] {
  const address: Address = owner.parent ?? owner.address;
  const target = context.desired.get(address);
  if (target === undefined) return [];
  const sql = (role: string): string => `ALTER ${context.reference(target)} OWNER TO ${quoteIdent(role)}`;
  const role = textOf(owner, 'role') ?? '';
  const previous = before === null ? null : textOf(before, 'role');
  const message = `${role} becomes the owner of ${address}${previous === null ? '' : ` in place of ${previous}`}`;
  return [
    {
      sql: sql(role),
      requires: handingOver(target, role),
      ...locks(target),
      hazards: [{ code: 'authz', address: owner.address, message }],
      undo: previous === null ? { reason: 'the object is new' } : { sql: [sql(previous)] },
    },
  ];
}

/** For superusers alone; a schema's old owner makes it anew as it were, and of anything else the new one must be able to make it. */
function handingOver(target: SchemaObject, role: string): readonly PlanRequirement[] {
  const member = { privilege: 'MEMBER', on: role };
  if (target.kind === 'event_trigger' || target.kind === 'foreign_data_wrapper') return SUPERUSER;
  if (target.kind === 'schema') return [member, ...CREATE_IN_DATABASE];
  // Before 16 superusers alone may own one.
  if (target.kind === 'subscription' && textOf(target, 'origin') === null) return SUPERUSER;
  if (target.kind === 'publication' || target.kind === 'subscription') return [member, { privilege: 'CREATE', on: 'database', role }];
  if (target.kind === 'server') {
    const wrapper = formatAddress('foreign_data_wrapper', [textOf(target, 'wrapper') ?? '']);
    return [member, { privilege: 'USAGE', on: wrapper, role }];
  }
  if (target.kind === 'language') return [member];
  return [member, { privilege: 'CREATE', on: formatAddress('schema', target.parts.slice(0, 1)), role }];
}

const RELATIONS: ReadonlySet<string> = new Set(['table', 'view', 'materialized_view', 'sequence', 'foreign_table']);

function locks(target: SchemaObject): Pick<Operation, 'lock'> {
  return RELATIONS.has(target.kind) ? { lock: { mode: 'ACCESS EXCLUSIVE', address: target.address } } : {};
}

export const kind: Kind = {
  name: 'owner',
  rank: 85,
  presence: 'declared',
  always: true,
  query,
  attributes: { role: 'exact' },
  reference: (owner) => `OWNER OF ${owner.parent ?? ''}`,
  create: (owner, context) => setOwner(owner, null, context),
  alter: ({ before, after }, context) => ({ operations: setOwner(after, before, context) }),
  drop: () => [],
  // A sequence is linked while both have the owner that they had; from then on the table takes it along.
  after: (owner, state) => sequenceLinks(state, owner.parent ?? ''),
  // As long as it belongs to a column the server does not let it go to another role.
  afterDrops: (owner, { current }) => {
    const target = current.get(owner.parent ?? '');
    return target?.kind === 'sequence' ? [formatAddress('sequence_owner', target.parts)] : [];
  },
  // OWNER TO takes no lock on a type, and what pins an enum is a lock.
  pin: (owner, state, { grantReference }) => {
    const target = state.get(owner.parent ?? '');
    const on = target?.kind === 'enum' ? grantReference(target) : null;
    return on === null ? null : privilegesPin(on);
  },
  sql: statementRules,
  yaml,
};
