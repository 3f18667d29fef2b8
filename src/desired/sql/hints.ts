/** `-- schemactl: name value` comments -> hints on the declared things beside them; knows no kind and what no hint is for. */
import type { Diagnostic } from '../../core/diagnostic.js';
import { nearest } from '../../core/suggest.js';
import { nextToken, type Token } from '../../kinds/tokens.js';
import type { Declaration, DeclaredObject, Hint } from '../declaration.js';
import type { SourceText } from '../source-text.js';

export const HINT_NAMES = ['renamed_from', 'renamed_values', 'renamed_fields', 'using', 'backfill', 'down', 'deprecated'] as const;

/** Hints that say something without a value. */
const WITHOUT_VALUE: ReadonlySet<string> = new Set(['deprecated']);

/** A statement's range in the file and what it declares; null when it was refused (its hints are then not complained about). */
export interface HintedStatement {
  readonly from: number;
  readonly end: number;
  readonly declarations: readonly Declaration[] | null;
}

export interface HintResult {
  readonly hints: readonly Hint[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Written {
  readonly name: string;
  readonly value: string;
  readonly comment: Token;
}

export function readHints(source: SourceText, comments: readonly Token[], statements: readonly HintedStatement[]): HintResult {
  const hints: Hint[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const comment of comments) {
    const written = hintOf(comment);
    if (written === null) continue;
    const problem = problemOf(written);
    const span = source.span(comment.from, comment.to);
    if (problem !== null) {
      diagnostics.push({ severity: 'error', span, ...problem });
      continue;
    }
    const target = targetOf(source, comment, statements);
    if (target === 'refused') continue;
    if (target === null) {
      diagnostics.push({
        code: 'SC1023',
        severity: 'error',
        summary: `hint ${written.name} is attached to nothing`,
        hint: 'put it on the line of what it speaks of, or on a line of its own right before it',
        span,
      });
    } else {
      hints.push({ address: target.address, name: written.name, value: written.value, span });
    }
  }
  return { hints, diagnostics };
}

function hintOf(comment: Token): Written | null {
  const inner = comment.text.startsWith('--') ? comment.text.slice(2) : comment.text.replace(/^\/\*|\*\/$/g, '');
  const found = /^\s*schemactl:\s*(\S*)\s*([\s\S]*)$/.exec(inner);
  return found ? { name: found[1] ?? '', value: (found[2] ?? '').trim(), comment } : null;
}

function problemOf(written: Written): Pick<Diagnostic, 'code' | 'summary' | 'hint'> | null {
  if (!(HINT_NAMES as readonly string[]).includes(written.name)) {
    const meant = nearest(written.name, HINT_NAMES);
    return {
      code: 'SC1021',
      summary: `unknown hint: ${written.name === '' ? '(none)' : written.name}`,
      hint: meant === null ? `use one of ${HINT_NAMES.join(', ')}` : `did you mean ${meant}?`,
    };
  }
  if (written.value === '' && !WITHOUT_VALUE.has(written.name)) {
    return { code: 'SC1022', summary: `hint ${written.name} has no value`, hint: `write: -- schemactl: ${written.name} VALUE` };
  }
  return null;
}

function targetOf(source: SourceText, comment: Token, statements: readonly HintedStatement[]): DeclaredObject | 'refused' | null {
  const lineStart = source.text.lastIndexOf('\n', comment.from - 1) + 1;
  const inside = statements.find((statement) => statement.from < comment.from && comment.from < statement.end);
  const before = statements.filter((statement) => statement.end <= comment.from && statement.end > lineStart).at(-1);
  // Behind a statement that ends on this line, the comment speaks of the statement as a whole.
  if (inside === undefined && before !== undefined) {
    return before.declarations === null ? 'refused' : (thingsOf([before])[0] ?? null);
  }
  const candidates = inside ? [inside] : statements.filter((statement) => statement.from >= comment.to).slice(0, 1);
  if (candidates.some((statement) => statement.declarations === null)) return 'refused';
  const things = thingsOf(candidates);
  const sameLine = things.filter((thing) => thing.span.start.offset >= lineStart && thing.span.start.offset < comment.from);
  if (sameLine.length > 0) return leading(source.text, lineStart, comment.from, sameLine);
  const next = things.filter((thing) => thing.span.start.offset >= comment.to);
  return next[0] ?? (inside ? null : (nextDeclaring(statements, comment) ?? null));
}

/** The next statement may declare nothing (a SET): then the first one after it that does. */
function nextDeclaring(statements: readonly HintedStatement[], comment: Token): DeclaredObject | undefined {
  return thingsOf(statements.filter((statement) => statement.from >= comment.to))[0];
}

function thingsOf(statements: readonly HintedStatement[]): readonly DeclaredObject[] {
  return statements
    .flatMap((statement) => statement.declarations ?? [])
    .flatMap((declaration) => declaration.declares)
    .sort((a, b) => a.span.start.offset - b.span.start.offset);
}

/**
 * Of several things on the line, the last that leads an element: `a integer, b text not null, -- …` speaks of b, and not of its
 * NOT NULL. What begins elsewhere in an element (a constraint or default behind its column) is named by itself on a line of its own.
 */
function leading(text: string, lineStart: number, end: number, things: readonly DeclaredObject[]): DeclaredObject | null {
  const starts = new Set<number>();
  let fresh = true;
  for (let token = nextToken(text, lineStart); token !== null && token.from < end; token = nextToken(text, token.to)) {
    if (token.type === 'comment') continue;
    if (fresh) starts.add(token.from);
    fresh = token.type === 'punctuation' && (token.text === ',' || token.text === '(' || token.text === ';');
  }
  const leaders = things.filter((thing) => starts.has(thing.span.start.offset));
  const last = leaders.at(-1);
  if (last === undefined) return things[0] ?? null;
  // A column and what hangs on it may start at one place: the first is the thing itself.
  return leaders.find((thing) => thing.span.start.offset === last.span.start.offset) ?? null;
}
