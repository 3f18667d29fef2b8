/** What planning has to mind where it manages what belongs to the whole server. Knows kinds by their slots. */
import type { ServerFacts } from '../catalog/server.js';
import { kindOf } from '../core/address.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { State } from '../core/object.js';
import { matchesAny } from '../core/pattern.js';
import type { Declaration } from '../desired/declaration.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';

/** Scratch has no stand-ins for the roles that are objects: they are made there as they are. */
export function withoutRoles(facts: ServerFacts, live: State, kinds: Kinds): ServerFacts {
  const made = new Set([...live.values()].flatMap((object) => (kindFor(kinds, object).isRole === true ? object.parts.slice(0, 1) : [])));
  return { ...facts, roles: facts.roles.filter((role) => !made.has(role)) };
}

/** What is declared of the whole server and no pattern lists, or no plan may touch: never passed over in silence. */
export function unmanageable(
  declarations: readonly Declaration[],
  manage: readonly string[],
  facts: Pick<ServerFacts, 'current_user' | 'bootstrap_user'>,
  kinds: Kinds,
): readonly Diagnostic[] {
  const own = new Set([facts.current_user, facts.bootstrap_user]);
  return declarations.flatMap((declaration) => {
    const makes = declaration.provides.find((ref) => ref.space === 'role' && own.has(ref.name));
    if (makes !== undefined) {
      const who = makes.name === facts.current_user ? 'the role that plans and applies' : 'the bootstrap superuser of the server';
      return [
        {
          code: 'SC2203',
          severity: 'error' as const,
          summary: `role ${makes.name} is ${who}, which no plan changes`,
          hint: 'remove the statement, or plan as another role',
          span: declaration.span,
        },
      ];
    }
    return declaration.declares.flatMap(({ address, span }): readonly Diagnostic[] => {
      const name = kindOf(address);
      const listing = manage.filter((pattern) => pattern.startsWith(`${name}:`));
      if (kinds.get(name)?.clusterWide !== true || matchesAny(listing, address)) return [];
      return [
        {
          code: 'SC2203',
          severity: 'error',
          summary: `${address} is declared, and no pattern lists it`,
          hint: `list it with --manage '${address}', or remove the statement`,
          span,
        },
      ];
    });
  });
}
