/** The one language of address patterns, for manage, ignore and allow; knows no kind. */
import { type Address, kindOf, nameOf } from './address.js';

/**
 * `[kind:]name`, where `*` stands for any characters. Without a kind any kind matches; a name without a dot or a star
 * ("app") stands for that schema and all that is in it. Attached objects match by their own address
 * ("privilege:table:app.*@reader"), by kind and name ("privilege:app.*@reader"), without the "@" for all of the target, and through their
 * target's name.
 */
export type Pattern = string;

export function matchesPattern(pattern: Pattern, address: Address): boolean {
  const colon = /^[a-z_]+:/.exec(pattern);
  if (colon) {
    const short = `${kindOf(address)}:${nameOf(address)}`;
    return [address, short, withoutQualifier(address), withoutQualifier(short)].some((form) => glob(pattern, form));
  }
  const name = nameOf(address);
  if (glob(pattern, name) || glob(pattern, withoutQualifier(name))) return true;
  return !/[.*]/.test(pattern) && glob(`${pattern}.*`, name);
}

export function matchesAny(patterns: readonly Pattern[], address: Address): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, address));
}

function withoutQualifier(name: string): string {
  return name.replace(/@[^@]*$/, '');
}

const compiled = new Map<string, RegExp>();

function glob(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`, 's');
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

function literal(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
