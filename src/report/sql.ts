/** The plan as one SQL file to read, review, or run by hand with psql. Pure; knows no kind. */
import { nameOf } from '../core/address.js';
import type { PlanDocument, PlanStep } from '../core/plan.js';
import { quoteIdent, quoteLiteral } from '../kinds/quote.js';
import { printable, printableLines } from './printable.js';
import { lockWords, proofWords, terminated, timeoutWords, undoWords } from './step-words.js';
import { count } from './words.js';

export interface SqlOptions {
  /** With the settings of the session, and statements exactly as they run; false: to be read only, nothing in it hidden. */
  readonly session: boolean;
}

export function planSql({ plan }: PlanDocument, { session }: SqlOptions = { session: true }): string {
  const where = `database ${plan.database.name}${plan.environment === null ? '' : `, environment ${plan.environment}`}`;
  const head = [
    comment(`schemactl plan ${plan.id} for ${where}: ${count(plan.steps.length, 'step')}`),
    comment('Run by hand, nothing checks that the database is where this starts from, and nothing is recorded; schemactl apply does both.'),
    ...(plan.steps.length === 0 || !session
      ? []
      : ['', ...sessionSettings(plan.settings), ...(plan.apply_as === '' ? [] : [`set role ${quoteIdent(plan.apply_as)};`])]),
  ];
  return `${[...head, ...plan.steps.flatMap((step) => stepSql(step, session ? (sql) => sql : printableLines))].join('\n')}\n`;
}

/** A comment that its text cannot leave. */
function comment(text: string): string {
  return `-- ${printable(text)}`;
}

function sessionSettings(settings: Readonly<Record<string, string>>): string[] {
  const all = { search_path: '', ...settings };
  return Object.entries(all).map(([name, value]) => `select pg_catalog.set_config(${quoteLiteral(name)}, ${quoteLiteral(value)}, false);`);
}

function stepSql(step: PlanStep, shown: (sql: string) => string): string[] {
  const inTransaction = step.transaction === 'transaction';
  const proof = proofWords(step);
  const set = inTransaction ? 'set local' : 'set';
  const timeouts = [`${set} lock_timeout = ${step.lock_timeout_ms};`, `${set} statement_timeout = ${step.statement_timeout_ms};`];
  return [
    '',
    comment(`step ${step.id} (${step.phase}, ${inTransaction ? 'one transaction' : 'outside a transaction'}): ${step.title}`),
    comment(`${lockWords(step)}; ${timeoutWords(step)}`),
    ...step.hazards.map((hazard) => comment(`hazard ${hazard.code} at ${nameOf(hazard.address)}: ${hazard.message}`)),
    ...(proof === null ? [] : [comment(proof)]),
    comment(undoWords(step)),
    ...(inTransaction ? ['begin;'] : []),
    ...timeouts,
    ...step.statements.map(({ sql }) => terminated(shown(sql))),
    ...(inTransaction ? ['commit;'] : []),
  ];
}
