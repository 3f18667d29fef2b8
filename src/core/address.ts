/** The one codec of addresses ("column:app.orders.total"); knows no kind, only their grammar. */

/**
 * `kind:part.part(signature)` or, for what is attached to another object, `kind:<address of the target>@qualifier`.
 * A part is bare when it is a lower-case identifier, else in double quotes with quotes doubled.
 */
export type Address = string;

const BARE = /^[a-z_][a-z0-9_$]*$/;

/** One name as it stands in an address. */
export function formatPart(name: string): string {
  return BARE.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function formatAddress(kind: string, parts: readonly string[], signature = ''): Address {
  return `${kind}:${parts.map(formatPart).join('.')}${signature}`;
}

/** Address of something attached to `target`: a comment, an owner, a privilege of `qualifier`. */
export function formatAttached(kind: string, target: Address, qualifier: string | null): Address {
  return `${kind}:${target}${qualifier === null ? '' : `@${formatPart(qualifier)}`}`;
}

/** The kind that an address begins with. */
export function kindOf(address: Address): string {
  return address.slice(0, address.indexOf(':'));
}

/** The address without its kind, and for attached objects without the target's kind too: what people name. */
export function nameOf(address: Address): string {
  const rest = address.slice(address.indexOf(':') + 1);
  const inner = /^[a-z_]+:/.exec(rest);
  return inner ? nameOf(rest) : rest;
}
