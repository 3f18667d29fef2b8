/** A desired SQL file's text -> declarations, hints and findings. Nothing is run; what no kind claims is refused. */
import type { Diagnostic } from '../../core/diagnostic.js';
import { child, flag, list, str } from '../../kinds/ast.js';
import type { Ast, StatementProblem, StatementRule } from '../../kinds/kind.js';
import { quoteIdent } from '../../kinds/quote.js';
import type { Declaration } from '../declaration.js';
import type { FileContent } from '../file-content.js';
import { type SourceText, sourceText } from '../source-text.js';
import { noScope, replacedSource, type VariableProblem, type VariableScope } from '../variables.js';
import { withoutConcurrently } from './cut.js';
import { droppedBy, judgeDrop } from './drops.js';
import { guardedStatements } from './guards.js';
import { type HintedStatement, readHints } from './hints.js';
import { declarationsOf, placesOf, type Rules, rulesByNode } from './meaning.js';
import { parseStatement } from './parse.js';
import { refusal, statementName } from './refusal.js';
import { schemaElements } from './schema-elements.js';
import { foldSet, foldSetConfig, INITIAL_SETTINGS, type SettingResult, type Settings } from './settings.js';
import { type PsqlLine, type RawStatement, splitSql } from './split.js';
import { replacedSql } from './variables.js';

/** How a kind that is managed only when asked for would read a statement. */
export interface UnaskedRule {
  readonly rule: StatementRule;
  readonly kind: string;
}

/** What reading a file has come to, statement by statement. */
interface Reading {
  readonly source: SourceText;
  readonly rules: Rules;
  readonly unasked: readonly UnaskedRule[];
  settings: Settings;
  readonly declarations: Declaration[];
  readonly diagnostics: Diagnostic[];
  readonly optional: Set<Declaration>;
}

/** Reads one file; every file starts with the same settings. */
export async function readSql(
  file: { readonly path: string; readonly text: string },
  rules: readonly StatementRule[],
  unasked: readonly UnaskedRule[] = [],
  scope: VariableScope = noScope(),
): Promise<FileContent> {
  const written = sourceText(file.path, file.text);
  const replaced = replacedSql(file.text, scope);
  // What it says is only known with all of its values.
  if (replaced.problems.length > 0)
    return { declarations: [], hints: [], diagnostics: replaced.problems.map((problem) => finding(problem, written)) };
  const source = replacedSource(written, replaced);
  const { units, comments } = splitSql(source.text);
  const reading: Reading = {
    source,
    rules: rulesByNode(rules),
    unasked,
    settings: INITIAL_SETTINGS,
    declarations: [],
    diagnostics: [],
    optional: new Set(),
  };
  const hinted: HintedStatement[] = [];
  for (const unit of units) {
    if (unit.type === 'psql') {
      readPsqlLine(reading, unit);
      continue;
    }
    const first = reading.declarations.length;
    const understood = await readStatement(reading, unit, {});
    const declarations = understood ? reading.declarations.slice(first) : null;
    hinted.push({ from: replaced.at(unit.from), end: replaced.end(unit.end), declarations });
  }
  const writtenComments = comments.map((comment) => ({ ...comment, from: replaced.at(comment.from), to: replaced.end(comment.to) }));
  const { hints, diagnostics } = readHints(written, writtenComments, hinted);
  return {
    declarations: reading.declarations,
    hints,
    diagnostics: [...reading.diagnostics, ...diagnostics].sort((a, b) => (a.span?.start.offset ?? 0) - (b.span?.start.offset ?? 0)),
    optional: reading.optional,
  };
}

function finding({ from, to, ...problem }: VariableProblem, source: SourceText): Diagnostic {
  return { severity: 'error', ...problem, span: source.span(from, to) };
}

/** pg_dump since 17.6 brackets its output in \restrict and \unrestrict: they guard psql, nothing else. */
function readPsqlLine(reading: Reading, line: PsqlLine): void {
  if (line.command === '\\restrict' || line.command === '\\unrestrict') return;
  reading.diagnostics.push({
    code: 'SC1003',
    severity: 'error',
    summary: `psql command ${line.command} is not part of a desired schema`,
    hint: 'remove the line',
    span: reading.source.span(line.from, line.to),
  });
}

interface Place {
  /** Inside a DO that makes what is missing. */
  readonly guarded?: boolean;
}

/** False when the statement was refused. */
async function readStatement(reading: Reading, raw: RawStatement, place: Place): Promise<boolean> {
  const { source, diagnostics } = reading;
  const text = source.text.slice(raw.from, raw.to);
  const span = source.span(raw.from, raw.to);
  const parsed = await parseStatement(text);
  if (!parsed.ok) {
    const at = placesOf(source, raw.from, text)(parsed.offset);
    diagnostics.push({ code: 'SC1013', severity: 'error', summary: parsed.message, hint: 'correct the statement', span: at });
    return false;
  }
  const { tag, node } = parsed;
  for (const name of raw.long) {
    diagnostics.push({
      code: 'SC1009',
      severity: 'error',
      summary: `name is longer than 63 bytes: ${name.text}`,
      detail: 'PostgreSQL would cut it off without an error',
      hint: 'shorten the name',
      span: source.span(name.from, name.to),
    });
  }
  const setting = foldSetting(tag, node, reading.settings);
  if (setting !== null) {
    if ('settings' in setting) reading.settings = setting.settings;
    else diagnostics.push({ code: 'SC1004', severity: 'error', span, ...setting.refusal });
    return 'settings' in setting;
  }
  const dropped = droppedBy(tag, node);
  if (dropped !== null) {
    const finding = judgeDrop(dropped, raw.words, span, reading.declarations);
    diagnostics.push(finding);
    return finding.severity !== 'error';
  }
  if (tag === 'DoStmt') return readDo(reading, raw);
  if (isTemporary(raw.words)) {
    const summary = `${statementName(raw.words)} is temporary and not part of a desired schema`;
    diagnostics.push({ code: 'SC1012', severity: 'error', summary, hint: 'remove TEMPORARY, or the statement', span });
    return false;
  }
  if (tag === 'CreateSchemaStmt' && list(node, 'schemaElts').length > 0) return readSchemaElements(reading, raw, node, place);
  const problem = problemOf(reading.rules, tag, node);
  if (problem !== null) {
    diagnostics.push({ ...problem, severity: 'error', span });
    return false;
  }
  const declarations = await declarationsOf(
    {
      text: flag(node, 'concurrent') ? withoutConcurrently(text) : text,
      tag,
      node,
      settings: reading.settings,
      span,
      locate: placesOf(source, raw.from, text),
    },
    reading.rules,
  );
  if (declarations === null) {
    const unasked = reading.unasked.find(({ rule }) => rule.node === tag && (rule.applies?.(node) ?? true));
    diagnostics.push(refusal(tag, raw.words, span, unasked?.kind ?? null));
    return false;
  }
  reading.declarations.push(...declarations);
  if (place.guarded || flag(node, 'if_not_exists')) for (const declaration of declarations) reading.optional.add(declaration);
  return true;
}

function problemOf(rules: Rules, tag: string, node: Ast): StatementProblem | null {
  for (const rule of rules.get(tag) ?? []) {
    const problem = (rule.applies?.(node) ?? true) ? (rule.problem?.(node) ?? null) : null;
    if (problem !== null) return problem;
  }
  return null;
}

function foldSetting(tag: string, node: Ast, settings: Settings): SettingResult | null {
  if (tag === 'VariableSetStmt') return foldSet(node, settings);
  return tag === 'SelectStmt' ? foldSetConfig(node, settings) : null;
}

function isTemporary(words: readonly string[]): boolean {
  return (
    words[0] === 'create' &&
    words.slice(1).some((word, at, rest) => /^temp(orary)?$/.test(word) && rest.slice(0, at).every((w) => FORE.has(w)))
  );
}

const FORE = new Set(['or', 'replace', 'global', 'local']);

/** A guard's definitions are read as if they stood by themselves; the DO is never run. */
async function readDo(reading: Reading, raw: RawStatement): Promise<boolean> {
  const { source, diagnostics } = reading;
  const inner = guardedStatements(source.text, raw.from, raw.to);
  const span = source.span(raw.from, raw.to);
  const units = (inner ?? []).flatMap(({ from, to }) => splitSql(source.text, from, to).units.filter((unit) => unit.type === 'statement'));
  if (
    inner === null ||
    units.some((unit) => unit.words[0] === 'create' && /^(role|user|group|database|tablespace)$/.test(unit.words[1] ?? ''))
  ) {
    diagnostics.push({ ...refusal('DoStmt', raw.words, span), code: 'SC1007' });
    return false;
  }
  if (units.length === 0) {
    diagnostics.push({ code: 'SC1008', severity: 'warning', summary: 'DO defines nothing and has no effect', hint: 'remove it', span });
  }
  let understood = true;
  for (const unit of units) understood = (await readStatement(reading, unit, { guarded: true })) && understood;
  return understood;
}

/** `create schema s create table t …`: its elements are created in the new schema, so that goes in front of the search path. */
async function readSchemaElements(reading: Reading, raw: RawStatement, node: Ast, place: Place): Promise<boolean> {
  const outer = reading.settings;
  const role = child(node, 'authrole');
  const name = str(node, 'schemaname') || (role ? str(role, 'rolename') : '');
  let understood = true;
  for (const [index, unit] of schemaElements(reading.source.text, raw).entries()) {
    if (index === 1) reading.settings = { ...outer, search_path: [quoteIdent(name), outer.search_path].filter(Boolean).join(', ') };
    understood = (await readStatement(reading, unit, place)) && understood;
  }
  reading.settings = outer;
  return understood;
}
