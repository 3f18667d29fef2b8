/** One parsed statement -> declarations, by what the kinds' rules say of it; decides nothing about what a desired schema may hold. */
import type { Span } from '../../core/diagnostic.js';
import type { Ast, NameRef, StatementContext, StatementMeaning, StatementRule } from '../../kinds/kind.js';
import { nextToken } from '../../kinds/tokens.js';
import type { Declaration, DeclaredObject } from '../declaration.js';
import { LATER_STATEMENTS } from '../names.js';
import { searchPathOf } from '../search-path.js';
import { offsetOfByte, type SourceText } from '../source-text.js';
import { cutOut } from './cut.js';
import { parseStatement } from './parse.js';
import type { Settings } from './settings.js';
import { namesUsed } from './uses.js';

export type Rules = ReadonlyMap<string, readonly StatementRule[]>;

export function rulesByNode(rules: readonly StatementRule[]): Rules {
  const byNode = new Map<string, StatementRule[]>();
  for (const rule of rules) byNode.set(rule.node, [...(byNode.get(rule.node) ?? []), rule]);
  return byNode;
}

/** A parsed statement and its place: `text` starts at `from` of the file, or stands for a part of it. */
export interface Statement {
  readonly text: string;
  readonly tag: string;
  readonly node: Ast;
  readonly settings: Settings;
  readonly span: Span;
  readonly locate: (offset: number) => Span;
}

/** Place in the file of offsets of a text that was taken from there unchanged, as the span of the token that starts there. */
export function placesOf(source: SourceText, from: number, text: string): (offset: number) => Span {
  return (offset) => {
    const start = Math.max(0, Math.min(offset, text.length));
    const token = nextToken(text, start);
    const to = token === null || token.from !== start ? Math.min(start + 1, text.length) : token.to;
    return source.span(from + start, from + to);
  };
}

/** The declarations of a statement, its own first and then what was cut out of it; null when no rule claims it. */
export async function declarationsOf(statement: Statement, rules: Rules): Promise<readonly Declaration[] | null> {
  const { text, tag, node, settings, span, locate } = statement;
  const claimed = (rules.get(tag) ?? []).filter((rule) => rule.applies?.(node) ?? true);
  if (claimed.length === 0) return null;
  const context: StatementContext = {
    text,
    offsetOf: offsets(text),
    creationSchema: searchPathOf(settings.search_path ?? '')[0] ?? 'public',
    span,
  };
  const meaning = merge(claimed.map((rule) => rule.read(node, context)));
  const cuts = meaning.deferred ?? [];
  const inCut = (offset: number): boolean => cuts.some((cut) => cut.from <= offset && offset < cut.to);
  const own: Declaration = {
    sql: meaning.scratch ?? (cuts.length > 0 ? cutOut(text, cuts) : text),
    settings,
    span,
    // What runs in its place has no places in the file.
    locate: meaning.scratch === undefined ? locate : () => span,
    provides: meaning.provides,
    alters: CHANGES_LATER.has(tag) ? [...(meaning.alters ?? []), LATER_STATEMENTS] : (meaning.alters ?? []),
    uses: without(
      namesUsed(tag, node, (location) => inCut(context.offsetOf(location))),
      meaning.provides,
    ),
    declares: meaning.declares.filter((declared) => !inCut(declared.offset)).map((declared) => place(declared, locate)),
    repeatable: meaning.repeatable ?? false,
    ...(meaning.completes ? { completes: true } : {}),
    ...(meaning.database === undefined ? {} : { database: meaning.database }),
  };
  const deferred: Declaration[] = [];
  for (const cut of cuts) {
    const declares = meaning.declares.filter((declared) => cut.from <= declared.offset && declared.offset < cut.to);
    deferred.push(
      ...(await readCut(
        statement,
        cut,
        declares.map((declared) => place(declared, locate)),
        rules,
      )),
    );
  }
  return [own, ...deferred];
}

/** What is created after it in the file comes out otherwise: its place among the file's statements is kept. */
const CHANGES_LATER: ReadonlySet<string> = new Set(['AlterDefaultPrivilegesStmt']);

type Cut = NonNullable<StatementMeaning['deferred']>[number];

/** A part that runs as a statement of its own: its meaning is read again from the statement that the kind made of it. */
async function readCut(outer: Statement, cut: Cut, declares: readonly DeclaredObject[], rules: Rules): Promise<readonly Declaration[]> {
  const parsed = await parseStatement(cut.sql);
  if (!parsed.ok) throw new Error(`a kind's deferred statement does not parse: ${parsed.message}: ${cut.sql}`);
  const original = outer.text.slice(cut.from, cut.to);
  const shared = commonSuffix(original, cut.sql);
  const shift = cut.to - cut.sql.length;
  const span = outer.locate(cut.from);
  const end = outer.locate(cut.to - 1).end;
  const statement: Statement = {
    text: cut.sql,
    tag: parsed.tag,
    node: parsed.node,
    settings: outer.settings,
    span: { ...span, end },
    // What the kind wrote around it has no place in the file: its start stands for that.
    locate: (offset) => (offset >= cut.sql.length - shared ? outer.locate(offset + shift) : span),
  };
  const declarations = await declarationsOf(statement, rules);
  if (declarations === null) throw new Error(`no rule claims the deferred statement: ${cut.sql}`);
  return declarations.map((declaration, index) => ({
    ...declaration,
    // It waits for everything else that is said of what it alters, so it has no place among the file's statements.
    alters: [],
    uses: [...declaration.uses, ...declaration.alters],
    declares: index === 0 && declares.length > 0 ? declares : declaration.declares,
  }));
}

function commonSuffix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}

function place(declared: StatementMeaning['declares'][number], locate: (offset: number) => Span): DeclaredObject {
  const { offset, ...facts } = declared;
  return { ...facts, span: locate(offset) };
}

function merge(meanings: readonly StatementMeaning[]): StatementMeaning {
  if (meanings.length === 1 && meanings[0]) return meanings[0];
  const scratch = meanings.find((meaning) => meaning.scratch !== undefined)?.scratch;
  return {
    provides: meanings.flatMap((meaning) => meaning.provides),
    alters: meanings.flatMap((meaning) => meaning.alters ?? []),
    declares: meanings.flatMap((meaning) => meaning.declares),
    repeatable: meanings.every((meaning) => meaning.repeatable ?? false),
    deferred: meanings.flatMap((meaning) => meaning.deferred ?? []),
    completes: meanings.some((meaning) => meaning.completes ?? false),
    ...(scratch === undefined ? {} : { scratch }),
  };
}

function without(used: readonly NameRef[], provided: readonly NameRef[]): readonly NameRef[] {
  return used.filter(
    (ref) => !provided.some((own) => own.space === ref.space && own.name === ref.name && (ref.schema ?? own.schema) === own.schema),
  );
}

/** Locations are bytes; in ASCII text that is the offset already. */
function offsets(text: string): (location: number | undefined) => number {
  const ascii = !/[^\0-\x7f]/.test(text);
  return (location) => (location === undefined || location < 0 ? 0 : ascii ? location : offsetOfByte(text, location));
}
