/** The plan as people read it in a terminal: symbols first, detail only for what changes, summary last. Pure; knows no kind. */
import { instantWords } from '../core/instant.js';
import type { PlanBody, PlanDocument, PlanSource, PlanStep } from '../core/plan.js';
import { COLOURED, type Paint, PLAIN } from './colour.js';
import { allowFlag, type GroupView, type HazardView, type PlanView, planView, type RowView } from './plan-view.js';
import { printable, printableLines } from './printable.js';
import { lockWords, proofWords, terminated, timeoutWords, transactionWords } from './step-words.js';
import { variableWords } from './variable-words.js';
import { count, estimate } from './words.js';

export interface TextOptions {
  readonly rank: (kind: string) => number;
  readonly colour?: boolean;
  /** Statements under each step. */
  readonly sql?: boolean;
  readonly verbose?: boolean;
  /** Which plan it is, how long it may be started, and who signed it: by name where that was checked, null where it was not. */
  readonly identity?: { readonly signers: readonly string[] | null };
  /** "deploy@db.internal:5432/shop", when a connection is at hand. */
  readonly target?: string | null;
  /** Number of desired objects, when known. */
  readonly objects?: number | null;
  /** Lines for the end: what to do next. */
  readonly next?: readonly string[];
}

export function planText(document: PlanDocument, options: TextOptions): string {
  const { plan } = document;
  const paint = options.colour ? COLOURED : PLAIN;
  const view = planView(plan, options.rank);
  const lines = isEmpty(document)
    ? [noChanges(document, options)]
    : [...heading(document, options, paint), ...view.groups.flatMap((group) => groupLines(group, paint))];
  if (!isEmpty(document)) {
    lines.push(...elsewhere(view, paint), ...stepLines(plan.steps, options, paint), '', summary(view, paint), ...blockedLines(view, paint));
  }
  if (options.next?.length) lines.push('', ...options.next);
  return `${lines.join('\n')}\n`;
}

export function isEmpty({ plan }: PlanDocument): boolean {
  return plan.changes.length === 0 && plan.steps.length === 0;
}

function noChanges({ plan }: PlanDocument, options: TextOptions): string {
  const where = printable(plan.environment ?? plan.database.name);
  const objects = options.objects ?? null;
  return `No changes. ${where} matches the desired state${objects === null ? '' : ` (${count(objects, 'object')})`}.`;
}

function heading({ plan, signatures }: PlanDocument, options: TextOptions, paint: Paint): string[] {
  const where = options.target ?? `database ${plan.database.name}`;
  const objects = options.objects == null ? '' : `, ${count(options.objects, 'object')}`;
  const lines = [
    `${paint.bold(printable(plan.environment ?? 'plan'))}  ${printable(where)}  PostgreSQL ${printable(plan.database.server_version)}`,
    `desired  ${count(plan.desired.files.length, 'file')}${objects}`,
  ];
  const variables = variableWords(plan);
  if (variables.length > 0) lines.push(`values   ${variables.map(printable).join(', ')}`);
  if (options.verbose || options.identity) lines.push(...identity(plan, signatures, options.identity?.signers ?? null));
  if (options.verbose) {
    lines.push(
      `scope    ${printable(plan.scope.managed.join(', ')) || 'none'}; ignored: ${printable(plan.scope.ignored.join(', ')) || 'none'}`,
    );
  }
  if (!plan.complete) lines.push(paint.yellow('! this plan was narrowed: applying it does not reach the whole desired state'));
  return lines;
}

function identity(plan: PlanBody, signatures: PlanDocument['signatures'], signers: readonly string[] | null): string[] {
  const contract = plan.contract_not_after === null ? '' : `, its contract phase until ${printable(instantWords(plan.contract_not_after))}`;
  const keys = signatures.flatMap((envelope) => envelope.signatures.map(({ keyid }) => `key ${printable(keyid.slice(0, 16))}…`));
  return [
    `plan     ${printable(plan.id)}, made ${printable(instantWords(plan.created_at))}`,
    `expires  may be started until ${printable(instantWords(plan.not_after))}${contract}`,
    `signed   ${signedWords(keys, signers)}`,
  ];
}

function signedWords(keys: readonly string[], signers: readonly string[] | null): string {
  if (keys.length === 0) return 'no';
  if (signers === null) return `by ${keys.join(', ')}; schemactl verify checks that`;
  return signers.length === 0 ? `by ${keys.join(', ')}, which nothing here trusts` : `by ${signers.map(printable).join(', ')}`;
}

function place(source: PlanSource | null): string {
  return source === null ? '' : printable(`${source.file}:${source.line}`);
}

function colourOf(symbol: string, paint: Paint): (text: string) => string {
  if (symbol === '+') return paint.green;
  if (symbol === '-' || symbol === '-/+') return paint.red;
  return symbol === '>' ? paint.cyan : paint.yellow;
}

function groupLines({ root, head, rows: shown, gone, source }: GroupView, paint: Paint): string[] {
  const symbol = head === null ? ' ' : head.symbol;
  const title = `${symbol} ${printable(root)}`;
  const about = head === null ? '' : `${head.kind}${head.detail === '' ? '' : `  ${head.detail}`}`;
  const first = [head === null ? title : colourOf(symbol, paint)(title), about, paint.dim(place(source))]
    .filter((part) => part !== '')
    .join('  ');
  const kinds = Math.max(0, ...shown.map((row) => row.kind.length));
  const names = Math.min(40, Math.max(0, ...shown.map((row) => printable(row.name).length)));
  return [
    '',
    first,
    ...(head ? hazardLines(head.hazards, paint) : []),
    ...(gone > 0 ? [`      with the ${count(gone, 'object')} in it`] : []),
    ...shown.flatMap((row) => rowLines(row, kinds, names, paint)),
  ];
}

function rowLines(row: RowView, kinds: number, names: number, paint: Paint): string[] {
  const line = `${row.kind.padEnd(kinds)}  ${printable(row.name).padEnd(names)}  ${row.detail}`.trimEnd();
  return [`  ${colourOf(row.symbol, paint)(row.symbol)} ${line}`, ...hazardLines(row.hazards, paint)];
}

function hazardLines(hazards: readonly HazardView[], paint: Paint): string[] {
  return hazards.map((hazard) => {
    const figures = estimate(hazard.estimate);
    const text = `${hazard.blocked ? 'x' : '!'} ${printable(hazard.code)}  ${printable(hazard.message)}${figures === '' ? '' : `; ${figures}`}`;
    return `      ${hazard.blocked ? paint.red(text) : paint.yellow(text)}`;
  });
}

function elsewhere(view: PlanView, paint: Paint): string[] {
  return view.elsewhere.length === 0 ? [] : ['', ...hazardLines(view.elsewhere, paint)];
}

function stepLines(steps: readonly PlanStep[], options: TextOptions, paint: Paint): string[] {
  const contract = steps.filter((step) => step.phase === 'contract').length;
  const title = `Steps: ${steps.length}${contract === 0 ? '' : ` (${steps.length - contract} expand, ${contract} contract)`}`;
  const lines = ['', paint.bold(title)];
  const ids = Math.max(0, ...steps.map((step) => step.id.length));
  const titles = Math.min(60, Math.max(0, ...steps.map((step) => printable(step.title).length)));
  for (const step of steps) {
    const mark = step.hazards.length > 0 ? paint.yellow('  !') : '';
    const phase = contract === 0 ? '' : `${step.phase.padEnd(8)}  `;
    const lock = step.lock === null ? '' : lockWords(step);
    lines.push(
      `  ${step.id.padStart(ids)}  ${phase}${transactionWords(step).padEnd(14)}  ${printable(step.title).padEnd(titles)}  ${printable(lock)}`.trimEnd() +
        mark,
    );
    const indent = ' '.repeat(ids + 4);
    const proof = proofWords(step);
    if (proof !== null) lines.push(`${indent}${paint.yellow(printable(proof))}`);
    if (options.verbose) lines.push(`${indent}${paint.dim(timeoutWords(step))}`);
    if (options.sql)
      lines.push(
        ...step.statements.flatMap(({ sql }) =>
          terminated(printableLines(sql))
            .split('\n')
            .map((line) => `${indent}${line}`),
        ),
      );
  }
  return lines;
}

function summary(view: PlanView, paint: Paint): string {
  const { add, change, rename, replace, drop } = view.counts;
  const blocked = view.hazards.filter((hazard) => hazard.blocked).length;
  const hazards = view.hazards.length === 0 ? '' : `  ${count(view.hazards.length - blocked, 'hazard')}, ${blocked} blocked.`;
  return paint.bold(`Plan: ${add} to add, ${change} to change, ${rename} to rename, ${replace} to replace, ${drop} to drop.${hazards}`);
}

/** Every blocked hazard with what is at stake and the flag that allows exactly it. */
function blockedLines(view: PlanView, paint: Paint): string[] {
  const blocked = view.hazards.filter((hazard) => hazard.blocked);
  return blocked.flatMap((hazard) => [
    '',
    paint.red(`blocked: ${printable(hazard.message)}${hazard.rule === null ? '' : ` (${printable(hazard.rule)})`}`),
    `  ${hazard.step === '' ? 'this plan' : `step ${hazard.step}`}${estimate(hazard.estimate) === '' ? '' : `, ${estimate(hazard.estimate)}`}; to allow it, plan again with  ${printable(allowFlag(hazard))}`,
  ]);
}
