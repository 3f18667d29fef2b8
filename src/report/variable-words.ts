/** The values that desired files were read with, in words; knows no rendering. */
import type { PlanBody } from '../core/plan.js';

/** "app = \"app_staging\"", "region = 'eu'", "keep_days = 90": as the values stand in SQL. */
export function variableWords({ desired }: PlanBody): readonly string[] {
  return Object.entries(desired.variables ?? {}).map(([name, value]) => {
    if (typeof value === 'object') return `${name} = "${value.identifier}"`;
    return `${name} = ${typeof value === 'string' ? `'${value}'` : value}`;
  });
}
