/** What of a database stays outside, in words: schema by schema where all of it does. Pure; knows no kind. */
import { nameOf } from '../core/address.js';
import type { LeftOut } from '../plan/left-out.js';
import { printable } from './printable.js';
import { count } from './words.js';

const SHOWN = 100;

export function leftAloneText(all: readonly LeftOut[]): string {
  if (all.length === 0) return '';
  // A schema that is left out has its own address among them.
  const whole = new Map(all.filter(isSchema).map((each) => [each.schema, each]));
  const lines = all.flatMap((each): readonly string[] => {
    const holder = whole.get(each.schema);
    if (holder !== undefined && holder !== each) return [];
    const inside = holder === undefined ? 0 : all.filter(({ schema }) => schema === each.schema).length - 1;
    const also = inside === 0 ? '' : ` and ${count(inside, 'object')} in it`;
    const why = each.ignoredBy === null ? 'not named by manage' : `ignored by "${printable(each.ignoredBy)}"`;
    return [`  ${printable(each.address)}${also}: ${why}`];
  });
  const shown = lines.slice(0, SHOWN);
  const more = lines.length > SHOWN ? [`  and ${lines.length - SHOWN} more, which --json lists`] : [];
  return [`Left alone: ${count(all.length, 'object')}`, ...shown, ...more, ''].join('\n');
}

function isSchema({ address, schema }: LeftOut): boolean {
  return schema !== null && nameOf(address) === schema && !address.includes('@');
}
