/** Taking statements out of a file with the comments that are their own. Knows no kind. */
import { type Edit, lineEnd, lineStart, nextLine } from '../edit.js';
import { ownComments } from './element-edits.js';
import type { Statement } from './statements.js';

export function statementRemoval(text: string, statement: Statement): Edit {
  const start = lineStart(text, statement.from);
  const end = lineEnd(text, statement.end);
  const alone = text.slice(start, statement.from).trim() === '' && /^\s*(--.*)?$/.test(text.slice(statement.end, end));
  if (!alone) return { from: statement.from, to: statement.end, text: '' };
  let from = ownComments(text, start, 0);
  if (from === start) from = dumpHeading(text, start);
  let to = nextLine(text, statement.end);
  // Of the empty lines around it one is left.
  while (/^[ \t]*\r?\n/.test(text.slice(to)) && (from === 0 || /\n[ \t]*\r?\n$/.test(text.slice(Math.max(0, from - 4), from))))
    to = nextLine(text, to);
  return { from, to, text: '' };
}

/** pg_dump sets its headings apart by an empty line. */
function dumpHeading(text: string, start: number): number {
  const heading = /(?:^|\n)(--\r?\n-- (?:Name|TOC entry)[^\n]*\r?\n(?:--[^\n]*\r?\n)*\s*)$/.exec(text.slice(0, start));
  return heading?.[1] === undefined ? start : start - heading[1].length;
}
