/** Tables that become partitions on every major: ATTACH reads none of them, and nothing is left to plan. */
import { describe, expect, it } from 'vitest';
import { errorsOf, LARGE, readByAttach } from '../expand/attach.js';
import { ATTACHED } from '../expand/attached-partitions.js';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf, statementsOf } from '../support/made-plan.js';

describe.each([14, 15, 16, 17, 18])('on PostgreSQL %i', (major) => {
  it.each(Object.entries(ATTACHED))('%s', (_name, { before, after, proven }) =>
    withDatabase(
      async ({ url }) => {
        await query(url, before);
        const { document } = await planOf(url, after, { ...LARGE, scratchMajor: major });
        expect(await readByAttach(url, statementsOf(document))).toEqual({ proven, read: [] });
        expect(errorsOf(await applyTo(url, document))).toEqual([]);
        expect(statementsOf((await planOf(url, after, { ...LARGE, scratchMajor: major })).document)).toEqual([]);
      },
      { major },
    ),
  );
});
