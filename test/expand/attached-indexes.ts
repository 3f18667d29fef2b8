/** A partitioned table in two levels that gets indexes and keys, and how far a plan of that is applied: what tests of taking it back start from. */
import type { PlanDocument } from '../../src/core/plan.js';
import { applyTo } from '../support/made-plan.js';

/** What goes in the contract phase keeps the plan open after its expand phase. */
export const BEFORE = `create schema app; create table app.gone (id integer); create table app.kind (id integer primary key);
  create table app.log (id bigint not null, at integer not null) partition by hash (id);
  create table app.log_0 partition of app.log for values with (modulus 2, remainder 0);
  create table app.log_1 partition of app.log for values with (modulus 2, remainder 1) partition by list (at);
  create table app.log_1_1 partition of app.log_1 for values in (1);
  create table app.log_1_2 partition of app.log_1 default;`;
export const PARTITIONED = BEFORE.replace('create table app.gone (id integer);', '');
export const OPTIONS = { allow: [{ hazard: '*', address: null }], adopt: true } as const;
export const CASES = [
  ['an index', 'create index log_at on app.log (at);'],
  [
    'an index with comments',
    `create index log_at on app.log (at); comment on index app.log_at is 'a'; comment on index app.log_0_at_idx is 'b';`,
  ],
  ['a UNIQUE', 'alter table app.log add constraint log_key unique (id, at);'],
  ['a foreign key', 'alter table app.log add constraint log_kind foreign key (at) references app.kind;'],
  ['a PRIMARY KEY and an index', 'alter table app.log add primary key (id, at); create index log_at on app.log (at);'],
] as const;

/** Applies the first `steps` steps. */
export async function applied(url: string, document: PlanDocument, steps: number): Promise<void> {
  const stop = new AbortController();
  await applyTo(url, document, {
    phase: 'expand',
    signal: stop.signal,
    onEvent: (event) => {
      if (event.type === 'step_finished' && event.step === String(steps)) stop.abort();
    },
  });
}
