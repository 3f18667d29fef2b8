/** Where an apply can be killed, from what it was seen to ask in an undisturbed run; names every place by its step. Pure. */
import type { PlanBody, PlanStep } from '../../src/core/plan.js';
import type { Exchange, Moment } from '../support/wire.js';

export interface KillPoint {
  readonly name: string;
  readonly sql: string;
  readonly occurrence: number;
  readonly moment: Moment;
  /**
   * While the server is in the middle of it, because another session stands in its way. 'abandoned': until the server has noticed that
   * its client is gone; 'released': the other session goes with the client, so that the server may well finish what nobody waits for.
   */
  readonly inside?: 'abandoned' | 'released';
}

const STARTED = /^\s*insert into schemactl\.plans\b/;
const DONE = /^\s*insert into schemactl\.steps\b[\s\S]*'done', pg_catalog/;
const INTENT = /^\s*insert into schemactl\.steps\b[\s\S]*'intent', pg_catalog/;
const PROGRESS = /^\s*insert into schemactl\.progress\b/;
const COMPLETED = /^\s*update schemactl\.plans\b/;
const LEDGER = /^\s*(?:create|alter|insert|update|commit|revoke)\b/;
/** Of a step with more statements, the first, the middle and the last. */
const FEW = 3;

/** Without the mark of its process, which is another one in every run. */
export const sessionName = (application: string): string => application.replace(/@[0-9a-z]{11}$/, '');

export const workSession = (body: PlanBody): string => `schemactl/${body.id}`;
export const lockSession = (body: PlanBody): string => `schemactl/${body.id}/lock`;

/** All places; a run through all of them kills between any two messages that write something. */
export function killPoints(body: PlanBody, exchanges: readonly Exchange[]): readonly KillPoint[] {
  const work = exchanges.filter(({ session }) => session === workSession(body));
  const points: KillPoint[] = [];
  const add = (where: string, exchange: Exchange, moment: Moment, inside?: KillPoint['inside']): void => {
    const { sql, occurrence } = exchange;
    points.push({ name: `${where}${inside ? ` (${inside})` : ''}`, sql, occurrence, moment, ...(inside ? { inside } : {}) });
  };
  let at = indexAfter(work, 0, STARTED);
  for (const exchange of work.slice(0, at)) {
    if (!LEDGER.test(exchange.sql)) continue;
    add(`ledger: before ${head(exchange)}`, exchange, 'before');
    if (/^\s*commit/.test(exchange.sql) || STARTED.test(exchange.sql)) add(`ledger: after ${head(exchange)}`, exchange, 'answered');
  }
  for (const step of body.steps) {
    let end = indexAfter(work, at, DONE);
    if (isOneTransaction(step)) end = indexAfter(work, end, /^commit$/);
    pointsOf(step, work.slice(at, end), add);
    at = end;
  }
  for (const exchange of work.slice(at).filter(({ sql }) => COMPLETED.test(sql))) {
    add('completion: before its row', exchange, 'before');
    add('completion: after its row', exchange, 'answered');
  }
  return points;
}

/** The row of a backfill is written by itself, after its last batch. */
const isOneTransaction = (step: PlanStep): boolean => step.transaction === 'transaction' && step.backfill === undefined;

type Add = (where: string, exchange: Exchange, moment: Moment, inside?: KillPoint['inside']) => void;

function pointsOf(step: PlanStep, asked: readonly Exchange[], add: Add): void {
  const where = `step ${step.id}`;
  const texts = new Set(step.statements.map(({ sql }) => sql));
  const statements = asked.filter(({ sql }) => texts.has(sql));
  add(`${where}: before anything`, asked[0] as Exchange, 'before');
  if (step.backfill !== undefined) {
    batchPoints(step, asked, statements, add);
  } else if (step.transaction === 'none') {
    const intent = one(step, asked, INTENT);
    add(`${where}: before its intent`, intent, 'before');
    add(`${where}: after its intent`, intent, 'answered');
    for (const [number, statement] of statements.entries()) {
      const which = statements.length > 1 ? `statement ${number + 1}` : 'its statement';
      add(`${where}: ${which} on the way`, statement, 'sent');
      add(`${where}: inside ${which}`, statement, 'sent', 'abandoned');
      add(`${where}: inside ${which}`, statement, 'sent', 'released');
      add(`${where}: after ${which}`, statement, 'answered');
    }
  } else {
    for (const number of few(statements.length)) {
      add(`${where}: before statement ${number + 1} of ${statements.length}`, statements[number] as Exchange, 'before');
      if (number === statements.length - 1) add(`${where}: after its last statement`, statements[number] as Exchange, 'answered');
    }
  }
  const done = one(step, asked, DONE);
  add(`${where}: before its row`, done, 'before');
  add(`${where}: after its row`, done, 'answered');
  if (!isOneTransaction(step)) return;
  const commit = asked.at(-1) as Exchange;
  add(`${where}: commit on the way`, commit, 'sent');
  add(`${where}: committed, not acknowledged`, commit, 'answered');
}

/** How many there are depends on how fast the server is; the first two are there however slow. */
function batchPoints(step: PlanStep, asked: readonly Exchange[], statements: readonly Exchange[], add: Add): void {
  const where = `step ${step.id}`;
  const intent = one(step, asked, INTENT);
  add(`${where}: before its intent`, intent, 'before');
  add(`${where}: after its intent`, intent, 'answered');
  for (const [index, statement] of statements.slice(0, 2).entries()) {
    const batch = `${where}: batch ${index + 1}`;
    const rest = asked.slice(asked.indexOf(statement));
    const progress = rest.find(({ sql }) => PROGRESS.test(sql)) as Exchange;
    const commit = rest.find(({ sql }) => sql === 'commit') as Exchange;
    add(`${batch}, before its statement`, statement, 'before');
    add(`${batch}, after its statement`, statement, 'answered');
    add(`${batch}, before its progress`, progress, 'before');
    add(`${batch}, after its progress`, progress, 'answered');
    add(`${batch}, commit on the way`, commit, 'sent');
    add(`${batch}, committed, not acknowledged`, commit, 'answered');
  }
}

function one(step: PlanStep, asked: readonly Exchange[], which: RegExp): Exchange {
  const found = asked.filter(({ sql }) => which.test(sql));
  if (found.length !== 1) throw new Error(`step ${step.id} was seen to ask ${found.length} times for ${which}`);
  return found[0] as Exchange;
}

function few(count: number): readonly number[] {
  if (count <= FEW) return Array.from({ length: count }, (_, index) => index);
  return [0, count >> 1, count - 1];
}

/** Index after the next exchange that matches. */
function indexAfter(work: readonly Exchange[], from: number, which: RegExp): number {
  const found = work.findIndex(({ sql }, index) => index >= from && which.test(sql));
  if (found === -1) throw new Error(`nothing that matches ${which} was asked after message ${from}`);
  return found + 1;
}

function head({ sql }: Exchange): string {
  return sql.trim().replace(/\s+/g, ' ').slice(0, 40);
}

/** Evenly spread over the list, the first and the last among them; the same every time. */
export function sample<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  const places = new Set(Array.from({ length: most }, (_, index) => Math.round((index * (list.length - 1)) / (most - 1))));
  return list.filter((_, index) => places.has(index));
}
