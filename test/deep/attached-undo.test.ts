/** A plan that gives a partitioned table indexes or keys is aborted after each number of its steps, and leads back each time. */
import { describe, expect, it } from 'vitest';
import { applied, BEFORE, CASES, OPTIONS, PARTITIONED } from '../expand/attached-indexes.js';
import { query, withDatabase } from '../support/database.js';
import { schemaDump } from '../support/judge.js';
import { abortOf, planOf } from '../support/made-plan.js';

describe.each(CASES)('%s', (_, addition) => {
  it('is taken back after each number of its steps', () =>
    withDatabase(async ({ url }) => {
      await query(
        url,
        `${BEFORE} insert into app.kind values (0), (1), (2); insert into app.log select n, n % 3 from generate_series(1, 500) n`,
      );
      const before = await schemaDump(url);
      const expand = (await planOf(url, PARTITIONED + addition, OPTIONS)).document.plan.steps.filter(({ phase }) => phase === 'expand');
      expect(expand.filter(({ undone_with }) => undone_with !== undefined).length).toBeGreaterThanOrEqual(1);
      for (const { id } of expand) {
        const { document } = await planOf(url, PARTITIONED + addition, OPTIONS);
        await applied(url, document, Number(id));
        expect(await abortOf(url, document)).toMatchObject({ status: 'aborted', steps_undone: Number(id) });
        expect(await schemaDump(url)).toBe(before);
      }
      expect(await query(url, 'select count(*)::int as n from app.log')).toEqual([{ n: 500 }]);
    }));
});
