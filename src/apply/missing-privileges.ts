/** How a missing privilege is told: what is missing, which steps need it, and the statement that grants it. Knows no kind. */
import type { PrivilegeAnswer } from '../catalog/privileges.js';
import type { Diagnostic } from '../core/diagnostic.js';
import { kindFor } from '../kinds/hashing.js';
import { quoteIdent } from '../kinds/quote.js';
import { kindByName } from '../kinds/registry.js';
import type { LedgerLacks } from './ledger-access.js';
import { LEDGER_SCHEMA } from './ledger-tables.js';
import type { Need } from './need.js';

export interface Place {
  readonly major: number;
  readonly database: string;
  readonly applyAs: string;
}

/** What may not be done with an object, by privilege. */
const VERBS: Readonly<Record<string, string>> = {
  CREATE: 'create in',
  USAGE: 'use',
  EXECUTE: 'execute',
  REFERENCES: 'refer to',
  SELECT: 'read',
  TRIGGER: 'make triggers on',
};

export function missingPrivilege(need: Need, answer: PrivilegeAnswer | undefined, place: Place): Diagnostic {
  const role = quoteIdent(need.role);
  const owner = answer?.owner ?? null;
  const belongs = owner !== null && need.privilege === 'OWNER' ? [`It belongs to ${quoteIdent(owner)}.`] : [];
  const [summary, hint] = words(need, answer, place, role);
  return {
    code: 'SC5221',
    severity: 'error',
    summary,
    detail: [...belongs, `Needed by ${need.by.join(', ')}.`].join(' '),
    hint,
    ...(need.on !== null && typeof need.on === 'object' && 'object' in need.on ? { address: need.on.object.address } : {}),
  };
}

function words(need: Need, answer: PrivilegeAnswer | undefined, place: Place, role: string): readonly [string, string] {
  const { privilege, on } = need;
  if (privilege === 'CREATEROLE') {
    return [
      `role ${role} may not make or change roles`,
      `connect as a superuser and make the plan again, or: alter role ${role} createrole`,
    ];
  }
  if (privilege === 'SUPERUSER' || on === null) {
    return [`role ${role} is not a superuser`, `connect as a superuser and make the plan again, or: alter role ${role} superuser`];
  }
  const database = quoteIdent(place.database);
  if (on === 'database' && privilege !== 'OWNER') {
    return [`role ${role} may not create in database ${database}`, `grant ${privilege.toLowerCase()} on database ${database} to ${role}`];
  }
  if (on !== 'database' && 'role' in on) {
    const isMember = answer?.is_member ?? false;
    return privilege === 'INHERIT'
      ? [`role ${role} does not have the privileges of role ${quoteIdent(on.role)}`, membership(on.role, role, 'inherit', isMember, place)]
      : [`role ${role} may not act for role ${quoteIdent(on.role)}`, membership(on.role, role, 'set', isMember, place)];
  }
  const name = on === 'database' ? `database ${database}` : nameOf(on.object);
  if (privilege !== 'OWNER') {
    const verb = VERBS[privilege] ?? `${privilege.toLowerCase()} on`;
    // The privileges of what is managed are part of what the plan starts from.
    return [`role ${role} may not ${verb} ${name}`, `grant ${privilege.toLowerCase()} on ${name} to ${role}; then make the plan again`];
  }
  const owner = answer?.owner ?? '';
  const summary = `role ${role} does not own ${name}`;
  // Whoever is in a superuser's role may do whatever he may: nobody is put there by a hint.
  if (answer?.owner_is_superuser) return [summary, `connect as ${quoteIdent(owner)} and make the plan again`];
  return [summary, membership(owner, role, 'inherit', answer?.is_member ?? false, place)];
}

/** Who is a member already lacks what the membership says since 16, and what the role itself says before. */
function membership(of: string, role: string, option: 'inherit' | 'set', isMember: boolean, place: Place): string {
  const grant = `grant ${quoteIdent(of)} to ${role}`;
  if (!isMember) return grant;
  return place.major < 16 ? `alter role ${role} inherit` : `${grant} with ${option} true`;
}

export function missingLedger({ to, owner }: LedgerLacks, applyAs: string): Diagnostic {
  const [role, schema] = [quoteIdent(applyAs), LEDGER_SCHEMA];
  const [verb, hint] = {
    make: [`make the ledger in the empty schema ${schema}`, `grant usage, create on schema ${schema} to ${role}`],
    write: [
      `write to the ledger`,
      `grant usage on schema ${schema} to ${role}; grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
    ],
    own: [`bring the ledger up to date`, `apply once as ${quoteIdent(owner)}, or: grant ${quoteIdent(owner)} to ${role}`],
  }[to] as [string, string];
  return {
    code: 'SC5221',
    severity: 'error',
    summary: `role ${role} may not ${verb}`,
    detail: `The schema ${schema} belongs to ${quoteIdent(owner)}. Needed by every step: what is done is written down there.`,
    hint,
  };
}

/** "table app.orders": the words that GRANT and ALTER use, in lower case as in all hints. */
function nameOf(object: { readonly address: string; readonly kind: string } & Parameters<typeof kindFor>[1]): string {
  const kind = kindFor(kindByName, object);
  const text = kind.grantReference?.(object) ?? kind.reference(object);
  return text.replace(/^[A-Z][A-Z ]* /, (word) => word.toLowerCase());
}
