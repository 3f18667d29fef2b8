/** Two texts -> the lines that differ, as `diff -u` and git show them; knows no language. */

const CONTEXT = 3;

interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** `null` is a file that is not there. Empty when the texts are the same. */
export function unifiedDiff(path: string, before: string | null, after: string | null): string {
  const lines = compared(linesOf(before), linesOf(after));
  const changed = lines.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]));
  if (changed.length === 0) return '';
  const heads = [`--- ${before === null ? '/dev/null' : `a/${path}`}`, `+++ ${after === null ? '/dev/null' : `b/${path}`}`];
  return `${[...heads, ...hunks(lines, changed)].join('\n')}\n`;
}

function linesOf(text: string | null): readonly string[] {
  if (text === null || text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function hunks(lines: readonly Line[], changed: readonly number[]): readonly string[] {
  const ranges: { from: number; to: number }[] = [];
  for (const index of changed) {
    const last = ranges.at(-1);
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(lines.length, index + CONTEXT + 1)];
    if (last !== undefined && from <= last.to) last.to = to;
    else ranges.push({ from, to });
  }
  return ranges.flatMap(({ from, to }) => {
    const count = (mark: '-' | '+', part: readonly Line[]): number => part.filter((line) => line.mark !== mark).length;
    const [head, part] = [lines.slice(0, from), lines.slice(from, to)];
    const place = (mark: '-' | '+'): string => {
      const length = count(mark, part);
      return `${count(mark, head) + (length === 0 ? 0 : 1)},${length}`;
    };
    return [`@@ -${place('+')} +${place('-')} @@`, ...part.map(({ mark, text }) => `${mark}${text}`)];
  });
}

/** A shortest way between the lines, where what is the same at both ends is not searched. */
function compared(a: readonly string[], b: readonly string[]): readonly Line[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const same = (text: string): Line => ({ mark: ' ', text });
  return [
    ...a.slice(0, head).map(same),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ];
}

/** Cells of the table that a comparison may take; beyond that everything is replaced. */
const MAX_CELLS = 16_000_000;

function middle(a: readonly string[], b: readonly string[]): readonly Line[] {
  const gone = (text: string): Line => ({ mark: '-', text });
  const come = (text: string): Line => ({ mark: '+', text });
  if (a.length * b.length > MAX_CELLS) return [...a.map(gone), ...b.map(come)];
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => length[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      length[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push({ mark: ' ', text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(gone(left));
      i += 1;
    } else if (right !== undefined) {
      lines.push(come(right));
      j += 1;
    }
  }
  return lines;
}
