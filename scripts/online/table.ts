/** The line of a strategy and the head above it, in columns. Pure. */
import type { DirectReport } from '../../test/support/online/direct-run.js';
import type { OnlineReport } from '../../test/support/online/judged-run.js';
import type { Strategy } from '../../test/support/online/strategy.js';

const COLUMNS = [
  ['strategy', 28],
  ['rows', 8],
  ['steps', 5],
  ['seconds', 7],
  ['statements', 10],
  ['errors', 6],
  ['worst wait', 10],
  ['p99', 7],
  ['alone', 7],
  ['ratio', 6],
  ['slowest', 8],
  ['direct: wait', 12],
  ['errors', 6],
] as const;

export function heading(): string {
  return row(COLUMNS.map(([name]) => name));
}

/** Waits and times of statements in ms; `direct` null: it was not run. */
export function columns(strategy: Strategy, rows: number, report: OnlineReport, direct: DirectReport | null): readonly string[] {
  const ms = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
  return [
    strategy.name,
    String(rows),
    String(report.steps),
    report.seconds.toFixed(1),
    String(report.statements),
    String(report.errors),
    ms(report.worstWait),
    ms(report.p99),
    ms(report.p99Alone),
    (report.p99 / Math.max(report.p99Alone, 0.1)).toFixed(1),
    ms(report.worstStatement),
    direct === null ? '-' : `${ms(direct.worstWait)}${direct.failure === null ? '' : ' !'}`,
    direct === null ? '-' : String(direct.errors),
  ];
}

export function row(cells: readonly string[]): string {
  return cells
    .map((cell, at) => (at === 0 ? cell.padEnd(COLUMNS[0][1]) : cell.padStart(COLUMNS[at]?.[1] ?? 0)))
    .join('  ')
    .trimEnd();
}
