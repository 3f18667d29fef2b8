/** Declarations about what belongs to an extension, which have no effect: said, not passed over. Knows no kind. */
import { type Address, kindOf } from '../core/address.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Declaration } from '../desired/declaration.js';
import type { Kinds } from '../kinds/hashing.js';

/**
 * `members`: addresses of all that belongs to extensions in the database that the declarations made. What a kind keeps of members
 * (Kind.declaredAs) is none of it.
 */
export function declaredOnMembers(
  declarations: readonly Declaration[],
  members: ReadonlySet<Address>,
  kinds: Kinds,
): readonly Diagnostic[] {
  if (members.size === 0) return [];
  const kept = new Set([...kinds.values()].flatMap(({ declaredAs }) => declaredAs?.kind ?? []));
  const names = new Set([...members].flatMap((address) => [address, withoutSignature(address)]));
  return declarations.flatMap(({ declares, span }): readonly Diagnostic[] => {
    for (const { address } of declares) {
      if (kept.has(kindOf(address))) continue;
      const member = namedBy(address).find((name) => names.has(name));
      if (member === undefined) continue;
      return [
        {
          code: 'SC1206',
          severity: 'warning',
          address,
          span,
          summary: `${member} belongs to an extension: this has no effect`,
          detail: 'what an extension installs is its own and comes with its version; only privileges on it are compared and changed',
          hint: 'remove the statement',
        },
      ];
    }
    return [];
  });
}

/** The address itself, what it is attached to, and what that is attached to. */
function namedBy(address: Address): readonly Address[] {
  const rest = address.slice(address.indexOf(':') + 1);
  if (!/^[a-z_]+:/.test(rest)) return [address];
  const ends = [...rest.matchAll(/@/g)].map(({ index }) => rest.slice(0, index));
  return [address, ...[rest, ...ends].flatMap(namedBy)];
}

function withoutSignature(address: Address): Address {
  return address.replace(/\([^"]*\)$/, '');
}
