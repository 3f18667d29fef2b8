/** The plan as one self-contained page for a change ticket: no script, no network, everything escaped. Pure; knows no kind. */
import { nameOf } from '../core/address.js';
import type { PlanDocument, PlanStep } from '../core/plan.js';
import { STYLE } from './html-style.js';
import { allowFlag, type HazardView, type PlanView, planView, type RowView } from './plan-view.js';
import { printable, printableLines } from './printable.js';
import { lockWords, proofWords, terminated, timeoutWords, transactionWords, undoWords } from './step-words.js';
import { isEmpty } from './text.js';
import { variableWords } from './variable-words.js';
import { count, estimate } from './words.js';

export interface HtmlOptions {
  readonly rank: (kind: string) => number;
}

export function planHtml(document: PlanDocument, options: HtmlOptions): string {
  const view = planView(document.plan, options.rank);
  const title = `Schema change for ${document.plan.environment ?? document.plan.database.name}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${verdict(document, view)}
${facts(document)}
${summary(view)}
${changes(view)}
${hazards(view)}
${steps(document)}
${decisions(document)}
${scope(document)}
</main>
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return printable(text).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function escapeLines(text: string): string {
  return printableLines(text).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

function verdict(document: PlanDocument, view: PlanView): string {
  const blocked = view.hazards.filter((hazard) => hazard.blocked).length;
  if (isEmpty(document)) return '<p class="verdict safe">No changes</p>';
  if (blocked > 0) return `<p class="verdict blocked">Blocked: ${count(blocked, 'hazard is', 'hazards are')} not allowed</p>`;
  if (view.hazards.length > 0) return `<p class="verdict caution">Allowed, with ${count(view.hazards.length, 'hazard')}</p>`;
  return '<p class="verdict safe">No known hazard</p>';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: string): string => `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${cells(head, 'th')}</thead><tbody>\n${rows.map((row) => cells(row, 'td')).join('\n')}\n</tbody></table>`;
}

function facts({ plan, signatures }: PlanDocument): string {
  const values = variableWords(plan);
  const rows: readonly (readonly [string, string])[] = [
    ['Plan', code(plan.id)],
    ['Made', escapeHtml(`${plan.created_at} by ${plan.tool.name} ${plan.tool.version}`)],
    ['May be started until', escapeHtml(plan.not_after)],
    ...(plan.contract_not_after === null ? [] : [['Contract may be started until', escapeHtml(plan.contract_not_after)] as const]),
    ['Environment', escapeHtml(plan.environment ?? 'none')],
    ['Database', `${code(plan.database.name)}, PostgreSQL ${escapeHtml(plan.database.server_version)}`],
    ['Runs as', code(plan.apply_as)],
    ...(values.length === 0 ? [] : [['Values', values.map(code).join(', ')] as const]),
    ['Commit', plan.desired.commit === null ? 'not recorded' : code(plan.desired.commit)],
    ['State before', code(plan.before.fingerprint)],
    ['State after', code(plan.after.fingerprint)],
    [
      'Signatures',
      signatures.length === 0 ? 'none' : signatures.flatMap(({ signatures: each }) => each.map(({ keyid }) => code(keyid))).join('<br>'),
    ],
  ];
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('\n')}</dl>`;
}

function summary({ counts: { add, change, rename, replace, drop } }: PlanView): string {
  return `<p>${add} to add, ${change} to change, ${rename} to rename, ${replace} to replace, ${drop} to drop.</p>`;
}

function changes(view: PlanView): string {
  const row = (root: string, each: RowView): string[] => [
    code(each.symbol),
    code(root),
    escapeHtml(each.kind),
    each.name === root ? '' : code(each.name),
    escapeHtml(each.detail),
    each.source === null ? '' : code(`${each.source.file}:${each.source.line}`),
  ];
  const rows = view.groups.flatMap(({ root, head, rows: own }) => [
    ...(head ? [row(root, { ...head, name: root })] : []),
    ...own.map((each) => row(root, each)),
  ]);
  return rows.length === 0 ? '' : `<h2>Changes</h2>\n${table(['', 'Object', 'Kind', 'Part', 'Difference', 'Source'], rows)}`;
}

function hazards(view: PlanView): string {
  const row = (hazard: HazardView): string[] => [
    code(hazard.code),
    code(nameOf(hazard.address)),
    escapeHtml(hazard.message),
    estimate(hazard.estimate),
    escapeHtml(hazard.step),
    hazard.blocked ? `blocked${hazard.rule === null ? '' : `: ${escapeHtml(hazard.rule)}`}; ${code(allowFlag(hazard))}` : 'allowed',
  ];
  return view.hazards.length === 0
    ? ''
    : `<h2>Hazards</h2>\n${table(['Hazard', 'Object', 'What happens', 'Size', 'Step', 'Decision'], view.hazards.map(row))}`;
}

function steps({ plan }: PlanDocument): string {
  return plan.steps.length === 0 ? '' : `<h2>Steps</h2>\n${plan.steps.map(stepSection).join('\n')}`;
}

function stepSection(step: PlanStep): string {
  const proof = proofWords(step);
  const facts = [step.phase, transactionWords(step), lockWords(step), timeoutWords(step), ...(proof === null ? ['proven'] : [proof])];
  const undo = 'sql' in step.undo && step.undo.sql.length > 0 ? sqlBlock(step.undo.sql) : '';
  return `<section><h3>${escapeHtml(`${step.id}. ${step.title}`)}</h3>
<p>${facts.map(escapeHtml).join(' · ')}</p>
${sqlBlock(step.statements.map(({ sql }) => sql))}
<p><strong>Rollback:</strong> ${escapeHtml(undoWords(step))}</p>${undo}</section>`;
}

function sqlBlock(statements: readonly string[]): string {
  return `<pre>${statements.map((sql) => escapeLines(terminated(sql))).join('\n')}</pre>`;
}

function decisions({ plan }: PlanDocument): string {
  if (plan.policy.allowed.length === 0) return '';
  const rows = plan.policy.allowed.map((each) => [
    code(each.hazard),
    each.address === null ? 'everywhere' : code(each.address),
    escapeHtml(each.by),
    escapeHtml(each.reason ?? ''),
  ]);
  return `<h2>Accepted hazards</h2>\n${table(['Hazard', 'Object', 'By', 'Reason'], rows)}`;
}

function scope({ plan }: PlanDocument): string {
  const list = (items: readonly string[]): string => (items.length === 0 ? 'none' : items.map(code).join(', '));
  const notes = plan.notes.map((note) => `<li>${code(note.code)} ${escapeHtml(note.summary)}</li>`).join('\n');
  return `<h2>Scope</h2>\n<p>Managed: ${list(plan.scope.managed)}. Ignored: ${list(plan.scope.ignored)}.${plan.complete ? '' : ' This plan was narrowed: it does not reach the whole desired state.'}</p>${notes === '' ? '' : `\n<ul>${notes}</ul>`}`;
}
