/** Blanking parts out of a statement so that what is left keeps its positions; knows no statement. */
import { nextToken } from '../../kinds/tokens.js';

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The text with the ranges (and the commas that they leave superfluous) replaced by spaces; line ends stay. */
export function cutOut(text: string, ranges: readonly Range[]): string {
  const ordered = [...ranges].sort((a, b) => a.from - b.from);
  let result = ordered.reduce((rest, range) => blank(rest, range), text);
  for (const range of ordered) {
    const comma = superfluousComma(result, range);
    if (comma !== null) result = blank(result, { from: comma, to: comma + 1 });
  }
  return result;
}

function blank(text: string, { from, to }: Range): string {
  return text.slice(0, from) + text.slice(from, to).replaceAll(/[^\r\n]/g, ' ') + text.slice(to);
}

/** Where a whole element of a list was cut out, one of the commas around it goes too. */
function superfluousComma(text: string, range: Range): number | null {
  let before = -1;
  for (let token = nextToken(text, 0); token !== null && token.from < range.from; token = nextToken(text, token.to)) {
    if (token.type !== 'comment') before = token.from;
  }
  let after = nextToken(text, range.to);
  while (after?.type === 'comment') after = nextToken(text, after.to);
  const left = text[before];
  if (after?.text === ',' && (left === ',' || left === '(')) return after.from;
  return after?.text === ')' && left === ',' ? before : null;
}

/** Blanks the first CONCURRENTLY of an index statement: nobody uses a scratch database, and it is refused in a transaction. */
export function withoutConcurrently(text: string): string {
  for (let token = nextToken(text, 0), seen = 0; token !== null && seen < 6; token = nextToken(text, token.to)) {
    if (token.type === 'comment') continue;
    if (token.type === 'word' && token.text === 'concurrently') return blank(text, token);
    seen += 1;
  }
  return text;
}
