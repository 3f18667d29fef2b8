/** What a plan does about tables that were dropped and are kept: leaves them alone, or drops those that were kept for long enough. Knows no kind. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { State } from '../core/object.js';
import type { Pattern } from '../core/pattern.js';
import type { Retirement } from '../kinds/retired-schema.js';
import { RETIRED, retiredOn, retiredSchemas, retirementOf } from '../kinds/retired-schema.js';
import type { PlanOptions } from './options.js';

export interface Keeping {
  readonly retirement: Retirement | null;
  /** Patterns of what is kept: no plan answers for it. */
  readonly ignore: readonly Pattern[];
  /** Schemas that are dropped with all that they hold. */
  readonly purged: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export function keeping({ now, retire_ms, purge }: Pick<PlanOptions, 'now' | 'retire_ms' | 'purge'>, live: State): Keeping {
  const schemas = retiredSchemas(live);
  const retirement = retire_ms == null ? null : retirementOf(live, now, retire_ms);
  const expired = schemas.filter(({ until }) => until !== null && until <= now);
  if (purge !== true) {
    const ignore = schemas.length > 0 || retirement !== null ? [RETIRED] : [];
    return { retirement, ignore, purged: [], diagnostics: expired.map(({ name, until }) => outlived(name, until)) };
  }
  const purged = expired.map(({ name }) => name);
  const kept = schemas.flatMap(({ name }) => (purged.includes(name) ? [] : [name]));
  // What is kept for less than a day may go with what is dropped today: that waits for the next.
  const today = retirement === null ? [] : [retiredOn(now)];
  return { retirement, ignore: [...kept, ...today], purged, diagnostics: [] };
}

function outlived(name: string, until: Date | null): Diagnostic {
  return {
    code: 'SC2407',
    severity: 'info',
    summary: `schema ${name} keeps dropped tables that were to be kept until ${until?.toISOString() ?? ''}`,
    hint: 'plan with --purge to drop them for good, or give its comment another date',
  };
}
