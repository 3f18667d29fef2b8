/**
 * What is remembered of the use of what a plan takes away: looked at when the expand phase ends and whenever the contract phase is asked for,
 * so a use is known from between two looks. Knows no kind.
 */
import type { ClientBase } from 'pg';
import type { Diagnostic } from '../core/diagnostic.js';
import { instantWords } from '../core/instant.js';
import type { PlanBody } from '../core/plan.js';
import { type UseCount, useCounts } from './use-counts.js';

/** SC5305 where the server does not count what would have to be known, else nothing. */
export async function unobservable(client: ClientBase, body: PlanBody): Promise<readonly Diagnostic[]> {
  if (body.contract_after_unused_ms === undefined) return [];
  const { blind } = await useCounts(client, body.uses ?? []);
  if (blind === null) return [];
  const summary = `whether programs still use what the contract phase takes away cannot be seen: ${blind.reason}`;
  return [{ code: 'SC5305', severity: 'error', summary, hint: blind.hint }];
}

/** What holds the contract phase back; null: for long enough nothing was used. Remembers what it saw. */
export async function heldByUse(client: ClientBase, body: PlanBody): Promise<{ readonly summary: string; readonly hint: string } | null> {
  const { contract_after_unused_ms: ms } = body;
  if (ms === undefined) return null;
  const seen = await observeUse(client, body);
  const { rows } = await client.query<{ used: string; since: string; from: string; early: boolean }>(
    `select used, ${instant('since')} as since, ${instant(`since + $2 * interval '1 millisecond'`)} as from,
            since + $2 * interval '1 millisecond' > pg_catalog.clock_timestamp() as early
       from schemactl.uses u where plan = $1 order by u.since desc, used`,
    [body.id, ms],
  );
  const [last] = rows;
  if (last === undefined || !last.early) return null;
  const what = seen.length > 0 ? seen.join('; ') : `${last.used} is watched since ${instantWords(last.since)}`;
  return {
    summary: `the contract phase of the plan may begin at ${instantWords(last.from)}, if nothing uses what it takes away until then: ${what}`,
    hint: 'run apply with --phase contract then; it looks again',
  };
}

const instant = (value: string): string => `pg_catalog.to_char((${value}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

interface Remembered {
  readonly used: string;
  readonly count: string;
  readonly epoch: string;
  readonly since: string;
}

/** Counts, and remembers what differs from before. Returns what was used meanwhile, in words. */
export async function observeUse(client: ClientBase, body: PlanBody): Promise<readonly string[]> {
  if (body.contract_after_unused_ms === undefined) return [];
  const { counts } = await useCounts(client, body.uses ?? []);
  const { rows } = await client.query<Remembered>(
    `select used, count, epoch, ${instant('since')} as since from schemactl.uses u where plan = $1`,
    [body.id],
  );
  const before = new Map(rows.map((row) => [row.used, row]));
  const changed = counts.filter(({ address, count, epoch }) => {
    const row = before.get(address);
    return row === undefined || row.count !== String(count) || row.epoch !== epoch;
  });
  await client.query(
    `insert into schemactl.uses (plan, used, count, epoch)
     select $1, c.used, c.count, c.epoch from pg_catalog.jsonb_to_recordset($2::jsonb) as c(used text, count text, epoch text)
     on conflict (plan, used) do update set count = excluded.count, epoch = excluded.epoch, since = excluded.since`,
    [body.id, JSON.stringify(changed.map(({ address, count, epoch }) => ({ used: address, count: String(count), epoch })))],
  );
  return changed.flatMap((now) => {
    const row = before.get(now.address);
    return row === undefined ? [] : [words(now, row)];
  });
}

function words({ address, count, epoch }: UseCount, before: Remembered): string {
  const since = `since ${instantWords(before.since)}`;
  if (epoch !== before.epoch) return `the server has begun to count the use of ${address} anew, or has forgotten some, ${since}`;
  const times = count - BigInt(before.count);
  return `${address} was used ${times === 1n ? 'once' : `${times} times`} ${since}`;
}
