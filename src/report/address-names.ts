/** Takes addresses apart for display: the object that a change belongs to, and its own name in it. Knows the grammar, no kind. */
import { type Address, kindOf, nameOf } from '../core/address.js';

export interface DisplayName {
  /** First two names, "app.orders": what people think of as the object. */
  readonly root: string;
  /** The names after them ("total"), and for attached objects the qualifier; empty when the address is the root's own. */
  readonly rest: string;
  /** The kind in words. */
  readonly kind: string;
  /** Belongs to another object as a whole: a comment, an owner, a privilege. */
  readonly attached: boolean;
}

/** Splits at dots outside of double quotes, up to a signature or a qualifier. */
function splitNames(name: string): { readonly parts: readonly string[]; readonly tail: string } {
  const parts: string[] = [];
  const part = /"(?:[^"]|"")*"|[^".(@]+/y;
  let at = 0;
  for (;;) {
    part.lastIndex = at;
    const match = part.exec(name);
    if (!match) break;
    parts.push(match[0]);
    at = part.lastIndex;
    if (name[at] !== '.') break;
    at += 1;
  }
  return { parts, tail: name.slice(at) };
}

export function displayName(address: Address): DisplayName {
  const name = nameOf(address);
  const { parts, tail } = splitNames(name);
  const attached = address.slice(address.indexOf(':') + 1) !== name;
  const root = parts.slice(0, 2).join('.') + (parts.length <= 2 && !tail.startsWith('@') ? tail : '');
  const rest = [parts.slice(2).join('.'), parts.length > 2 || tail.startsWith('@') ? tail : ''].join('');
  return { root: root === '' ? name : root, rest, kind: kindOf(address).replaceAll('_', ' '), attached };
}
