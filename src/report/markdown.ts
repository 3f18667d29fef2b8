/** The plan as a comment on a pull request: Markdown that names from a database cannot break out of, and that fits. Pure; knows no kind. */
import { kindOf } from '../core/address.js';
import type { PlanDocument } from '../core/plan.js';
import { allowFlag, type HazardView, type PlanView, planView, type RowView } from './plan-view.js';
import { printable } from './printable.js';
import { planSql } from './sql.js';
import { isEmpty } from './text.js';
import { variableWords } from './variable-words.js';
import { count, estimate } from './words.js';

export interface MarkdownOptions {
  readonly rank: (kind: string) => number;
  /** GitHub refuses comments over 65,536 characters; some room is left for what wraps it. */
  readonly limit?: number;
}

const DEFAULT_LIMIT = 60_000;
const ROWS_SHOWN_OPEN = 15;

/** The fullest form that fits: all; without the SQL; only counts and hazards; each says what it leaves out. */
export function planMarkdown(document: PlanDocument, options: MarkdownOptions): string {
  const limit = options.limit ?? DEFAULT_LIMIT;
  const view = planView(document.plan, options.rank);
  const forms = [
    () => [...head(document, view), ...changes(view), ...sqlBlock(document), ...howTo(view), foot(document)],
    () => [
      ...head(document, view),
      ...changes(view),
      '',
      '_The SQL is left out because it is too long for a comment; see the plan file or the SQL report._',
      ...howTo(view),
      foot(document),
    ],
    () => [
      ...head(document, view),
      ...countsByKind(view),
      '',
      '_Changes and SQL are left out because they are too long for a comment; see the plan file or the text report._',
      foot(document),
    ],
  ];
  for (const form of forms) {
    const text = `${form().join('\n')}\n`;
    if (text.length <= limit) return text;
  }
  const marker = markerLine(document);
  return `${marker}\n### ${title(document, view)}\n\n_${count(view.hazards.length, 'hazard')}; all else is left out because it is too long for a comment; see the plan file._\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;', '#': '&#35;', ':': '&#58;' };

/** Whatever Markdown or GitHub may act on, as an entity or behind a backslash: "@" would notify, "#1" and "GH:1" would link. */
export function escapeMarkdown(text: string): string {
  return printable(text).replaceAll(/[&<>@#:\\`*_{}[\]()!|~]/g, (character) => ENTITIES[character] ?? `\\${character}`);
}

/** A code span, fenced by more backticks than the text holds. */
export function codeSpan(text: string): string {
  const safe = printable(text);
  const longest = Math.max(0, ...(safe.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = safe === '' || safe.startsWith('`') || safe.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}

/** In a table a bar would end the cell even inside of code. */
function codeCell(text: string): string {
  return codeSpan(text).replaceAll('|', '\\|');
}

function markerLine({ plan }: PlanDocument): string {
  return `<!-- schemactl plan env=${(plan.environment ?? plan.database.name).replaceAll(/[^\w.-]/g, '_').replaceAll('--', '__')} -->`;
}

function title(document: PlanDocument, view: PlanView): string {
  const { add, change, rename, replace, drop } = view.counts;
  const parts = [
    [add, 'add'],
    [change, 'change'],
    [rename, 'rename'],
    [replace, 'replace'],
    [drop, 'drop'],
  ] as const;
  const words = parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`);
  const where = codeSpan(document.plan.environment ?? document.plan.database.name);
  return `schemactl plan for ${where}: ${isEmpty(document) || words.length === 0 ? 'no changes' : words.join(', ')}`;
}

function head(document: PlanDocument, view: PlanView): string[] {
  const blocked = view.hazards.filter((hazard) => hazard.blocked);
  const lines = [markerLine(document), `### ${title(document, view)}`, ''];
  if (blocked.length > 0) lines.push('> [!CAUTION]', ...blocked.slice(0, 20).map((hazard) => `> Blocked: ${hazardWords(hazard)}`));
  if (blocked.length > 20) lines.push(`> … and ${blocked.length - 20} more`);
  return lines;
}

function hazardWords(hazard: HazardView): string {
  const figures = estimate(hazard.estimate);
  return `${escapeMarkdown(hazard.message)}${figures === '' ? '' : `; ${figures}`}${hazard.rule === null || !hazard.blocked ? '' : ` (${escapeMarkdown(hazard.rule)})`}`;
}

function changes(view: PlanView): string[] {
  const rows = view.groups.flatMap((group) => [
    ...(group.head ? [{ ...group.head, name: group.root }] : []),
    ...group.rows.map((row) => ({ ...row, name: fullName(group.root, row) })),
  ]);
  if (rows.length === 0) return [];
  const table = ['', '| | Object | Change | Notes |', '|---|---|---|---|', ...rows.map(tableRow)];
  if (rows.length <= ROWS_SHOWN_OPEN) return table;
  return ['', `<details><summary>${count(rows.length, 'change')}</summary>`, ...table, '', '</details>'];
}

function fullName(root: string, row: RowView): string {
  if (row.name === root) return root;
  return row.name.startsWith('@') ? `${root}${row.name}` : `${root}.${row.name}`;
}

function tableRow(row: RowView): string {
  const detail = row.detail === '' ? '' : ` ${codeCell(row.detail)}`;
  const notes = row.hazards.map((hazard) => `${hazard.blocked ? ':no_entry:' : ':warning:'} ${hazardWords(hazard)}`).join('<br>');
  return `| ${codeCell(row.symbol)} | ${codeCell(row.name)} | ${escapeMarkdown(row.kind)}${detail} | ${notes} |`;
}

function countsByKind(view: PlanView): string[] {
  const counts = new Map<string, number>();
  for (const row of view.groups.flatMap(({ head, rows }) => [...(head ? [head] : []), ...rows])) {
    const key = `${row.symbol} ${kindOf(row.address).replaceAll('_', ' ')}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [
    '',
    ...[...counts].sort().map(([key, n]) => `- ${n} ${codeSpan(key)}`),
    ...view.hazards.slice(0, 100).map((hazard) => `- ${hazard.blocked ? ':no_entry:' : ':warning:'} ${hazardWords(hazard)}`),
  ];
}

function sqlBlock(document: PlanDocument): string[] {
  const { steps } = document.plan;
  if (steps.length === 0) return [];
  const sql = planSql(document, { session: false }).trimEnd();
  const fence = '`'.repeat(Math.max(3, ...(sql.match(/`+/g) ?? []).map((run) => run.length + 1)));
  const statements = steps.reduce((sum, step) => sum + step.statements.length, 0);
  return [
    '',
    `<details><summary>SQL: ${count(statements, 'statement')} in ${count(steps.length, 'step')}</summary>`,
    '',
    `${fence}sql`,
    sql,
    fence,
    '',
    '</details>',
  ];
}

function howTo(view: PlanView): string[] {
  const blocked = view.hazards.filter((hazard) => hazard.blocked);
  if (blocked.length === 0) return [];
  const flags = [...new Set(blocked.map(allowFlag))].map((flag) => `- ${codeSpan(flag)}`);
  return [
    '',
    '<details><summary>How to approve or change this</summary>',
    '',
    'Keep the object in the desired state, or plan again with the flag that allows exactly this:',
    '',
    ...flags,
    '',
    '</details>',
  ];
}

function foot({ plan }: PlanDocument): string {
  const values = variableWords(plan);
  const parts = [
    `plan ${codeSpan(plan.id)}`,
    values.length === 0 ? null : `values ${values.map(codeSpan).join(', ')}`,
    plan.desired.commit === null ? null : `commit ${codeSpan(plan.desired.commit.slice(0, 12))}`,
    `${escapeMarkdown(plan.tool.name)} ${escapeMarkdown(plan.tool.version)}`,
    `valid until ${escapeMarkdown(plan.not_after)} or until the schema changes`,
  ];
  return `\n<sub>${parts.filter((part) => part !== null).join(' · ')}</sub>`;
}
