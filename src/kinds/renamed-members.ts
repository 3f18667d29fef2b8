/** Reads the hints that say which labels or fields inside an object were renamed; knows no kind. */

/** A name as it stands, or in single quotes with quotes doubled. */
const NAME = `(?:'((?:[^']|'')*)'|([^\\s,'>]+))`;
const PAIR = new RegExp(`^\\s*${NAME}\\s*->\\s*${NAME}\\s*$`);
const COMMA = /,(?=(?:[^']*'[^']*')*[^']*$)/;

/** "old -> new, 'other old' -> other": old name by new name; null when the text does not read so. */
export function renamedMembers(hint: string): ReadonlyMap<string, string> | null {
  const renamed = new Map<string, string>();
  for (const part of hint.split(COMMA)) {
    const found = PAIR.exec(part);
    if (!found) return null;
    const [, quotedFrom, bareFrom, quotedTo, bareTo] = found;
    const from = quotedFrom?.replaceAll("''", "'") ?? bareFrom;
    const to = quotedTo?.replaceAll("''", "'") ?? bareTo;
    if (from === undefined || to === undefined) return null;
    renamed.set(to, from);
  }
  return renamed;
}
