/** What abort would do and what it did, as people read it. Pure; knows no kind. */
import type { AbortOutcome } from '../apply/abort.js';
import type { Abortable } from '../apply/abort-plan.js';
import { printable } from './printable.js';
import { count } from './words.js';

export function abortPreview({ row, body, done }: Abortable, target: string): string {
  const head = `Plan ${row.id} in ${printable(target)}: ${count(done, 'step')} done.\n`;
  if (done === 0) return head;
  if (body === null) return `${head}They are kept as they are.\n`;
  const steps = body.steps.slice(0, done).reverse();
  return `${head}To be undone, in this order:\n${steps.map(({ id, title }) => `  ${id}  ${printable(title)}\n`).join('')}`;
}

export function abortText({ status, plan_id, steps_undone, steps_kept }: AbortOutcome, target: string): string {
  const where = printable(target);
  if (status === 'already-aborted') return `The plan ${plan_id} was aborted before: nothing was changed in ${where}.\n`;
  if (status === 'failed') {
    return steps_undone === 0
      ? `Not aborted: nothing was undone in ${where}.\n`
      : `Not finished: ${count(steps_undone, 'step')} undone in ${where}.\n`;
  }
  const kept = steps_kept === 0 ? '' : `, ${count(steps_kept, 'step')} kept`;
  return `Aborted plan ${plan_id} in ${where}: ${count(steps_undone, 'step')} undone${kept}.\n`;
}
