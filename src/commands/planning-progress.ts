/** Shows what planning is doing: a live line on a terminal, one line per event elsewhere. */
import type { PlanningEvent } from '../plan/options.js';
import { printable } from '../report/printable.js';
import { planningLine, timed } from '../report/progress.js';

/** A terminal line is worth drawing only for what takes longer than a blink. */
const PATIENCE_MS = 300;

export async function withPlanningProgress<T>(
  { quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean },
  work: (onEvent: (event: PlanningEvent) => void) => Promise<T>,
): Promise<T> {
  if (quiet) return work(() => undefined);
  if (!process.stderr.isTTY || verbose) {
    return work((event) => {
      if (event.type === 'finished' || verbose) process.stderr.write(`${timed(new Date(), planningLine(event))}\n`);
    });
  }
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    clearTimeout(timer);
    process.stderr.write('\r\u001b[K');
  };
  try {
    return await work((event) => {
      clear();
      if (event.type === 'started') timer = setTimeout(() => process.stderr.write(`\r\u001b[K${printable(event.task)} …`), PATIENCE_MS);
    });
  } finally {
    clear();
  }
}
