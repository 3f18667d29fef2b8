/** The names that PostgreSQL chooses for indexes, constraints and sequences when none is given; knows no object. */

const MAX_BYTES = 63;

/** makeObjectName() of src/backend/commands/indexcmds.c: the longer of both names is cut until all fits. */
export function chosenName(first: string, second: string | null, label: string): string {
  const room = MAX_BYTES - (second === null ? 0 : 1) - (label.length + 1);
  let [one, two] = [bytes(first), second === null ? 0 : bytes(second)];
  while (one + two > room) {
    if (one > two) one -= 1;
    else two -= 1;
  }
  return [clip(first, one), ...(second === null ? [] : [clip(second, two)]), label].join('_');
}

/** ChooseIndexNameAddition(): the columns with "_" between, no further than a name may be long. */
export function joinedColumns(columns: readonly string[]): string {
  let joined = '';
  for (const column of columns) {
    joined += `${joined === '' ? '' : '_'}${clip(column, MAX_BYTES)}`;
    if (bytes(joined) > MAX_BYTES) break;
  }
  return joined;
}

const bytes = (text: string): number => Buffer.byteLength(text);

/** No character is cut in two. */
function clip(text: string, limit: number): string {
  let cut = '';
  for (const character of text) {
    if (bytes(cut) + bytes(character) > limit) break;
    cut += character;
  }
  return cut;
}
