/** What a change of a column's type does to the rows, judged from the two types' names; knows no statement. */

interface TypeName {
  /** Without modifier and brackets: "character varying", "timestamp without time zone". */
  readonly base: string;
  readonly modifiers: readonly number[];
  readonly array: boolean;
}

export interface TypeEffect {
  /** The heap is written anew. */
  readonly rewrites: boolean;
  /** Values may be refused (too long, out of range, no such cast). */
  readonly mayFail: boolean;
  /** Values may be changed without an error (rounded, cut to a date). */
  readonly loses: boolean;
  /** Depends on TimeZone. */
  readonly zoned: boolean;
}

const SAFE: TypeEffect = { rewrites: false, mayFail: false, loses: false, zoned: false };

export function parseType(text: string): TypeName {
  const array = text.endsWith('[]');
  const found = /^(.*?)\((-?\d+(?:,-?\d+)*)\)(.*)$/.exec(array ? text.slice(0, -2) : text);
  if (found === null) return { base: array ? text.slice(0, -2) : text, modifiers: [], array };
  return { base: `${found[1]}${found[3]}`, modifiers: (found[2] ?? '').split(',').map(Number), array };
}

const STRINGS = new Set(['text', 'character varying', 'character', 'name', 'bit', 'bit varying']);
const VARYING = new Set(['text', 'character varying']);
const INTEGERS = ['smallint', 'integer', 'bigint'];
const FRACTIONS = new Set(['numeric', 'real', 'double precision', 'money']);
const CLOCKS = new Set([
  'timestamp without time zone',
  'timestamp with time zone',
  'time without time zone',
  'time with time zone',
  'interval',
]);
const ZONED = new Set(['timestamp without time zone>timestamp with time zone', 'timestamp with time zone>timestamp without time zone']);

/**
 * Whether the change needs USING column::type. Assignment casts to strings always exist and refuse what is too long, where an explicit
 * cast would silently cut it off; every other explicit cast does at least what the assignment does [run on 14 to 18].
 */
export function needsUsing(before: string, after: string): boolean {
  const [from, to] = [parseType(before), parseType(after)];
  return !(STRINGS.has(to.base) && (!to.array || from.array));
}

/**
 * Whether a generated column holds what its expression gives once its type is another. ALTER TYPE converts what is stored and computes
 * nothing: bigint made of the real that was made of a bigint is not that bigint any more [run on 15].
 */
export function keepsComputed(before: string, after: string): boolean {
  const [from, to] = [parseType(before), parseType(after)];
  if (from.array || to.array) return false;
  const isWider = INTEGERS.includes(from.base) && INTEGERS.indexOf(to.base) >= INTEGERS.indexOf(from.base);
  return isWider || (VARYING.has(from.base) && VARYING.has(to.base) && !effectOf(before, after).rewrites);
}

/** What the change does, where neither type is a domain. */
export function effectOf(before: string, after: string): TypeEffect {
  if (before === after) return SAFE;
  const [from, to] = [parseType(before), parseType(after)];
  const rewrite = (mayFail: boolean, loses = false): TypeEffect => ({ rewrites: true, mayFail, loses, zoned: false });
  if (from.array || to.array) return rewrite(true, from.array === to.array && effectOf(element(before), element(after)).loses);
  const length = (type: TypeName): number => type.modifiers[0] ?? Number.POSITIVE_INFINITY;
  const flexible = (type: TypeName): boolean => type.base === 'text' || type.base === 'character varying';
  if (flexible(to) && flexible(from)) return length(to) >= length(from) ? SAFE : rewrite(true);
  if (to.base === 'bit varying' && from.base === to.base) return length(to) >= length(from) ? SAFE : rewrite(true);
  if (to.base === 'numeric' && from.base === 'numeric') return numericEffect(from, to);
  if (CLOCKS.has(to.base) && from.base === to.base) {
    const digits = (type: TypeName): number => type.modifiers[0] ?? 6;
    return digits(to) >= digits(from) ? SAFE : rewrite(false, true);
  }
  if (ZONED.has(`${from.base}>${to.base}`)) return { ...SAFE, zoned: true, loses: (to.modifiers[0] ?? 6) < (from.modifiers[0] ?? 6) };
  if (from.base === 'cidr' && to.base === 'inet') return SAFE;
  if (INTEGERS.includes(from.base) && INTEGERS.includes(to.base)) {
    return rewrite(INTEGERS.indexOf(to.base) < INTEGERS.indexOf(from.base));
  }
  if (flexible(to)) return rewrite(to.modifiers.length > 0);
  return rewrite(true, losesSilently(from, to));
}

function element(type: string): string {
  return type.endsWith('[]') ? type.slice(0, -2) : type;
}

function numericEffect(from: TypeName, to: TypeName): TypeEffect {
  const [precision, scale] = to.modifiers;
  if (precision === undefined || scale === undefined) return SAFE;
  const [oldPrecision, oldScale] = from.modifiers;
  if (oldPrecision === undefined || oldScale === undefined) return { rewrites: true, mayFail: true, loses: true, zoned: false };
  const whole = precision - scale < oldPrecision - oldScale;
  if (scale === oldScale) return precision >= oldPrecision ? SAFE : { rewrites: true, mayFail: true, loses: false, zoned: false };
  return { rewrites: true, mayFail: whole || scale < oldScale, loses: scale < oldScale, zoned: false };
}

/** Casts that succeed and give up part of the value. */
function losesSilently(from: TypeName, to: TypeName): boolean {
  if (FRACTIONS.has(from.base))
    return INTEGERS.includes(to.base) || (from.base !== to.base && !(from.base === 'real' && to.base === 'double precision'));
  if (INTEGERS.includes(from.base))
    return to.base === 'boolean' || to.base === 'real' || (from.base === 'bigint' && to.base === 'double precision');
  if (from.base.startsWith('timestamp')) return to.base === 'date' || to.base.startsWith('time ') || to.base.startsWith('timestamp');
  return (from.base === 'inet' && to.base === 'cidr') || (from.base === 'interval' && to.base.startsWith('time '));
}
