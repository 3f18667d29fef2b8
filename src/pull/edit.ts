/** Changes of a text as ranges and what takes their place; knows no language. */

export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Ranges must not overlap; of several insertions at one place the first given stands first. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits.map((edit, index) => ({ ...edit, index })).sort((a, b) => a.from - b.from || a.to - b.to || a.index - b.index);
  let result = '';
  let at = 0;
  for (const edit of ordered) {
    if (edit.from < at) {
      // Something new behind what goes.
      if (edit.from === edit.to) result += `${edit.text.replace(/^\s+/, '')}\n\n`;
      continue;
    }
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** Where the line of an offset begins, and where it ends without its line end. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  const at = end < 0 ? text.length : end;
  return text[at - 1] === '\r' && at - 1 >= offset ? at - 1 : at;
}

/** After the line end of the line of an offset. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

export function indentOf(text: string, offset: number): string {
  const from = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(from, offset))?.[0] ?? '';
}
