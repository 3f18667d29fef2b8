/** The same statements by programs that know columns by new names; what they read comes back under the old ones. */
import type { Shape } from '../support/online/strategy.js';

/** `names`: old name -> new one. */
export function renamedShape(old: Shape, names: Readonly<Record<string, string>>): Shape {
  const each = (text: string, write: (from: string, to: string) => string): string =>
    Object.entries(names).reduce((done, [from, to]) => done.replace(new RegExp(`(?<![$\\w])${from}\\b`, 'g'), write(from, to)), text);
  const renamed = (text: string): string => each(text, (_, to) => to);
  const readBack = (text: string): string => each(text, (from, to) => `${to} as ${from}`);
  return {
    rows: readBack(old.rows),
    read: readBack(old.read),
    range: renamed(old.range),
    insert: renamed(old.insert),
    updates: old.updates.map(({ sql, sets }) => ({ sql: renamed(sql), sets })),
    delete: old.delete,
  };
}
