/**
 * An apply that is killed (SIGKILL) at every step boundary, inside every statement outside a transaction and inside every backfill, and
 * run again each time. Knows where a step ends by what is asked over the wire.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { start } from '../../faults/apply-process.js';
import { sessionName, workSession } from '../../faults/kill-points.js';
import { openWire } from '../wire.js';
import type { Bench } from './bench.js';
import type { Apply } from './judged-run.js';
import { StepWatch } from './step-watch.js';

export interface Killing {
  readonly apply: Apply;
  /** Where it was killed, in order. */
  readonly kills: readonly string[];
}

/** So far a statement that builds something has come when its client goes. */
const INSIDE_MS = 150;
/** The batch of a backfill that is its last. */
const BATCH = 3;
/** More than any plan of a strategy needs. */
const MOST_RUNS = 100;

export function killing(bench: Bench): Killing {
  const kills: string[] = [];
  const done = new Set<string>();
  /** Once each. */
  const isDue = (place: string): boolean => {
    if (done.has(place)) return false;
    done.add(place);
    kills.push(place);
    return true;
  };
  const apply: Apply = async ({ url }, body, phase) => {
    const wire = await openWire(bench.server, sessionName);
    const through = wire.url(new URL(url).pathname.slice(1));
    try {
      for (let run = 0; ; run += 1) {
        if (run === MOST_RUNS) throw new Error(`apply was not done after ${run} runs`);
        const running = start(bench.folder, ['apply', 'plan.json', '--url', through, '--yes', '--phase', phase]);
        const watch = new StepWatch(body);
        let isKilled = false;
        wire.watch(async (exchange, moment) => {
          if (exchange.session !== workSession(body)) return undefined;
          if (isKilled) return 'cut';
          const event = watch.see(exchange.sql, moment);
          if (event === null) return undefined;
          const inside = event.type === 'loose' || (event.type === 'batch' && event.number === BATCH);
          if (event.type === 'batch' && !inside) return undefined;
          const place =
            event.type === 'boundary' ? `after step done ${done.size}` : `inside ${event.sql.replace(/\s+/g, ' ').slice(0, 60)}`;
          if (event.type !== 'boundary' && !isDue(place)) return undefined;
          if (event.type === 'boundary') kills.push('step boundary');
          if (event.type === 'loose') await sleep(INSIDE_MS);
          isKilled = true;
          await running.kill();
          return 'cut';
        });
        const ended = await running.ended;
        if (isKilled) continue;
        if (ended.code !== 0) throw new Error(`after ${kills.length} kills apply ended with ${ended.code}: ${ended.stderr.trim()}`);
        return;
      }
    } finally {
      await wire.close();
    }
  };
  return { apply, kills };
}
