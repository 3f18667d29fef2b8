/** What holds the contract phase of a plan back once its expand phase is done: the time that must pass, programs that use what goes, and a pause. Knows no kind. */
import type { ClientBase } from 'pg';
import type { Diagnostic } from '../core/diagnostic.js';
import { instantWords } from '../core/instant.js';
import type { PlanBody } from '../core/plan.js';
import { heldByUse } from './observed-use.js';

/** Null: nothing does. By the server's clock, as it wrote when the expand phase ended. */
export async function contractHeld(client: ClientBase, body: PlanBody): Promise<Diagnostic | null> {
  const { rows } = await client.query<{ paused: boolean; from: string; early: boolean }>(
    `select p.paused_at is not null as paused,
            pg_catalog.to_char((e.finished_at + $2 * interval '1 millisecond') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as from,
            coalesce(e.finished_at + $2 * interval '1 millisecond' > pg_catalog.clock_timestamp(), false) as early
       from schemactl.plans p
       left join schemactl.phases e on e.plan = p.id and e.phase = 'expand'
      where p.id = $1`,
    [body.id, body.contract_after_ms ?? 0],
  );
  const [row] = rows;
  if (row?.paused) {
    return held('the plan is paused, so its contract phase is not begun', `schemactl resume ${body.id} lets it go on`);
  }
  if (row?.early) {
    return held(`the contract phase of the plan may begin at ${instantWords(row.from)}`, 'run apply with --phase contract then');
  }
  const used = await heldByUse(client, body);
  return used === null ? null : held(used.summary, used.hint);
}

const held = (summary: string, hint: string): Diagnostic => ({ code: 'SC5304', severity: 'warning', summary, hint });
