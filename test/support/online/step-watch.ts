/** Tells from what an apply asks, one message after the other, when a step is done and when it is inside one. Does no I/O. */
import type { PlanBody } from '../../../src/core/plan.js';
import type { Moment } from '../wire.js';

export type StepEvent =
  /** A step is committed, with its row in the ledger. */
  | { readonly type: 'boundary' }
  /** A statement of a step outside a transaction has gone to the server. */
  | { readonly type: 'loose'; readonly sql: string }
  /** Something was committed that does not end a step: a batch of a backfill, the first being number 1. */
  | { readonly type: 'batch'; readonly number: number; readonly sql: string };

const DONE = /^\s*insert into schemactl\.steps\b[\s\S]*'done', pg_catalog/;
const ROWS = /^\s*(?:with|update|insert)\b(?![\s\S]*\bschemactl\.(?:plans|phases|meta)\b)/i;

/** One run of an apply. */
export class StepWatch {
  private readonly loose: ReadonlySet<string>;
  private isInTransaction = false;
  private isDone = false;
  /** The statement on rows that the open transaction began with. */
  private writes: string | null = null;
  private batches = 0;

  constructor(body: PlanBody) {
    const steps = body.steps.filter(({ transaction }) => transaction === 'none');
    this.loose = new Set(steps.flatMap(({ statements }) => statements.map(({ sql }) => sql)));
  }

  see(sql: string, moment: Moment): StepEvent | null {
    if (moment === 'sent') return this.loose.has(sql) ? { type: 'loose', sql } : null;
    if (moment !== 'answered') return null;
    // A look at the catalog begins a transaction that only reads, and ends it within another message.
    if (/^begin$/.test(sql)) this.begin(true);
    else if (/^rollback\b/.test(sql)) this.begin(false);
    else if (DONE.test(sql)) {
      if (!this.isInTransaction) return this.boundary();
      this.isDone = true;
    } else if (/^commit\b/.test(sql)) return this.commit();
    else if (this.isInTransaction && ROWS.test(sql)) this.writes ??= sql;
    return null;
  }

  private commit(): StepEvent | null {
    const { isDone, writes } = this;
    this.begin(false);
    if (isDone) return this.boundary();
    if (writes === null) return null;
    this.batches += 1;
    return { type: 'batch', number: this.batches, sql: writes };
  }

  private begin(isInTransaction: boolean): void {
    [this.isInTransaction, this.isDone, this.writes] = [isInTransaction, false, null];
  }

  private boundary(): StepEvent {
    this.batches = 0;
    return { type: 'boundary' };
  }
}
