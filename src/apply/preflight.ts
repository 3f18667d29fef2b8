/** Every privilege that the steps to come and the ledger need and the role does not have, all at once. Asks only; knows no kind. */
import type { ClientBase } from 'pg';
import { askPrivileges, extensionNeeds, type PrivilegeAnswer } from '../catalog/privileges.js';
import { rowsAt } from '../catalog/rows-at.js';
import type { Address } from '../core/address.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { PlanBody, PlanRequirement, PlanStep } from '../core/plan.js';
import { kindByName } from '../kinds/registry.js';
import { ledgerNeeds } from './ledger-access.js';
import { missingLedger, missingPrivilege } from './missing-privileges.js';
import type { Need } from './need.js';

/** The session acts as `apply_as` already. `steps`: those that are still to be run. */
export async function preflight(client: ClientBase, body: PlanBody, steps: readonly PlanStep[]): Promise<readonly Diagnostic[]> {
  const { major } = body.database;
  const ledger = await ledgerNeeds(client, body.apply_as);
  const needs = [...(await needsOf(client, body, steps)), ...ledger.needs];
  const merged = mergedNeeds(needs);
  const answers = await askPrivileges(client, major, merged);
  // What only a superuser may do is one need, whichever object it comes from.
  const missing = mergedNeeds(
    merged.flatMap((need, index) => {
      const answer = answers[index];
      if (answer === undefined || answer.held) return [];
      return [answer.takes_superuser ? { ...need, privilege: 'SUPERUSER', on: null } : need];
    }),
  );
  const answerOf = (need: Need): PrivilegeAnswer | undefined => answers[merged.findIndex((each) => keyOf(each) === keyOf(need))];
  return [
    ...missing.map((need) => missingPrivilege(need, answerOf(need), { major, database: body.database.name, applyAs: body.apply_as })),
    ...(ledger.lacks === null ? [] : [missingLedger(ledger.lacks, body.apply_as)]),
  ];
}

async function needsOf(client: ClientBase, body: PlanBody, steps: readonly PlanStep[]): Promise<readonly Need[]> {
  const asked = steps.flatMap((step) =>
    (step.requires ?? []).map((requirement) => ({ requirement, by: `step ${step.id} (${step.title})` })),
  );
  const addresses = new Set(asked.flatMap(({ requirement }) => namesOf(requirement, body)));
  const rows = await rowsAt(client, addresses, body.database.major, kindByName);
  const installed = asked.flatMap(({ requirement }) => (requirement.privilege === 'INSTALL' ? [requirement.on ?? ''] : []));
  const extensions = await extensionNeeds(client, installed);
  return asked.flatMap(({ requirement, by }): readonly Need[] => {
    const { privilege, on, role = body.apply_as } = requirement;
    const need = (what: string, where: Need['on']): readonly Need[] => [{ privilege: what, role, on: where, by: [by] }];
    if (privilege === 'INSTALL') {
      const takes = extensions.get(on ?? '') ?? null;
      return takes === null ? [] : need(takes, takes === 'CREATE' ? 'database' : null);
    }
    if (on === null) return need(privilege, null);
    if (on === 'database') return need(privilege, 'database');
    if (OF_ROLES.has(privilege)) return need(privilege, { role: on });
    // What is not there yet is made by an earlier step, and belongs to whoever makes it.
    const row = namesOf(requirement, body).flatMap((address) => rows.get(address) ?? [])[0];
    return row === undefined ? [] : need(privilege, row);
  });
}

const OF_ROLES: ReadonlySet<string> = new Set(['MEMBER', 'INHERIT', 'SET']);

/** The address that the step finds, and those that the object has had before the renames of earlier steps. */
function namesOf({ on, privilege }: PlanRequirement, body: PlanBody): readonly Address[] {
  if (on === null || on === 'database' || OF_ROLES.has(privilege) || privilege === 'INSTALL') return [];
  const names = [on];
  for (const { from, address } of body.changes.filter((change) => change.type === 'rename').reverse()) {
    const was = from === undefined ? null : before(names.at(-1) ?? on, address, from);
    if (was !== null) names.push(was);
  }
  return names;
}

/** What was called `address` or stood below its name, before that was renamed from `from`; null: something else. */
function before(name: Address, address: Address, from: Address): Address | null {
  if (name === address) return from;
  const [colon, below] = [name.indexOf(':') + 1, `${address.slice(address.indexOf(':') + 1)}.`];
  if (!name.startsWith(below, colon)) return null;
  return `${name.slice(0, colon)}${from.slice(from.indexOf(':') + 1)}.${name.slice(colon + below.length)}`;
}

function mergedNeeds(needs: readonly Need[]): readonly Need[] {
  const merged = new Map<string, Need>();
  for (const need of needs) {
    const key = keyOf(need);
    merged.set(key, { ...need, by: [...new Set([...(merged.get(key)?.by ?? []), ...need.by])] });
  }
  return [...merged.values()];
}

function keyOf({ privilege, role, on }: Need): string {
  const what = on === null || on === 'database' ? on : 'role' in on ? on : on.object.address;
  return JSON.stringify([privilege, role, what]);
}
