/**
 * What a RANGE bound demands, clause by clause as get_qual_for_range() of src/backend/partitioning/partbounds.c builds it: the server takes a
 * check for a proof where it has the same shape. Pure; knows no object.
 */

interface Side {
  readonly bound: readonly string[];
  /** The value at which columns that follow have no limit. */
  readonly open: 'MINVALUE' | 'MAXVALUE';
  readonly strict: '>' | '<';
  /** The bound itself is within. */
  readonly inclusive: boolean;
}

/** Conditions without those on nulls; null: the bounds begin with numbers that are equal and printed otherwise, so that the shape is open. */
export function rangeConditions(columns: readonly string[], from: readonly string[], to: readonly string[]): readonly string[] | null {
  let same = 0;
  while (same < columns.length && isValue(from[same]) && from[same] === to[same]) same += 1;
  if (sameNumber(from[same], to[same])) return null;
  const equal = columns.slice(0, same).map((column, at) => `${column} = ${from[at]}`);
  const sides: readonly Side[] = [
    { bound: from, open: 'MINVALUE', strict: '>', inclusive: true },
    { bound: to, open: 'MAXVALUE', strict: '<', inclusive: false },
  ];
  return [...equal, ...sides.flatMap((side) => limit(columns, same, side))];
}

/** One arm for each column that has a value: equal in those before it, beyond it there. */
function limit(columns: readonly string[], start: number, { bound, open, strict, inclusive }: Side): readonly string[] {
  const arms: string[] = [];
  for (let at = start; at < columns.length && isValue(bound[at]); at += 1) {
    const reaches = at === columns.length - 1 ? inclusive : bound[at + 1] === open;
    const before = columns.slice(start, at).map((column, n) => `${column} = ${bound[start + n]}`);
    const arm = [...before, `${columns[at]} ${strict}${reaches ? '=' : ''} ${bound[at]}`].join(' AND ');
    arms.push(before.length === 0 ? arm : `(${arm})`);
  }
  return arms.length < 2 ? arms : [`(${arms.join(' OR ')})`];
}

const isValue = (datum: string | undefined): boolean => datum !== undefined && datum !== 'MINVALUE' && datum !== 'MAXVALUE';

/** 1.5 and 1.50: a text may look like that too. */
function sameNumber(one = '', other = ''): boolean {
  const value = (datum: string): string | undefined =>
    /^'?(-?\d+)(?:\.(\d*?)0*)?'?$/
      .exec(datum)
      ?.slice(1)
      .map((part) => part ?? '')
      .join('.');
  return one !== other && value(one) !== undefined && value(one) === value(other);
}
