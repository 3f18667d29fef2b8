/** plan --strict-coverage, by the real executable: what no kind models blocks the plan, and all of it is named. */
import { describe, expect, it, vi } from 'vitest';
import { query, testServer, withDatabase } from '../support/database.js';
import { project, schemactl } from './run-binary.js';

// Every run is a process of its own, several in each test.
vi.setConfig({ testTimeout: 120_000 });

/** What somebody put into a schema of the system, where nothing is managed. More than a warning lists. */
const STRAYS = Array.from({ length: 25 }, (_, place) => `information_schema.stray_${String(place).padStart(2, '0')}`);

describe('plan --strict-coverage', () => {
  it('blocks with exit code 3, saves nothing, and names every object; without it they are a warning', () =>
    withDatabase(async ({ url }) => {
      await query(url, STRAYS.map((name) => `create view ${name} as select 1 as a;`).join(' '));
      const environment = (name: string, more = '') => `  ${name}: { url: '${url}'${more} }\n`;
      const folder = project({
        'schemactl.yaml': `version: 1\nscratch: { url: '${(await testServer()).url}' }\ncoverage: strict\nenvironments:\n${environment('strict')}${environment('lenient', ', coverage: report')}`,
        'schemas/app.sql': 'create schema app; create table app.t (a integer);',
      });
      const plan = (...args: readonly string[]) => schemactl(folder, ['plan', '--desired', 'schemas', ...args]);
      const summary = 'the database holds 25 objects that schemactl does not manage yet';

      const lenient = await plan('-e', 'lenient', '--json');
      expect(lenient.code).toBe(0);
      expect(JSON.parse(lenient.stdout)).toMatchObject({ status: 'changes', diagnostics: [{ code: 'SC4003', severity: 'warning' }] });

      for (const args of [
        ['-e', 'strict'],
        ['-e', 'lenient', '--strict-coverage'],
      ]) {
        const told = await plan(...args, '--out', 'plan.json');
        expect(told.code).toBe(3);
        expect(told.stderr).toContain(summary);
        for (const name of STRAYS) expect(told.stderr).toContain(`view ${name}`);
        expect(told.stderr).toContain('the plan is not saved');
        const json = await plan(...args, '--json');
        expect(json.code).toBe(3);
        const found = { code: 'SC4003', severity: 'error', summary, detail: STRAYS.map((name) => `view ${name}`).join('\n') };
        expect(JSON.parse(json.stdout)).toMatchObject({ status: 'blocked', exit_code: 3, diagnostics: [found] });
      }
    }));

  it('changes nothing where all is managed', () =>
    withDatabase(async ({ url }) => {
      const folder = project({ 'app.sql': 'create schema app; create table app.t (a integer);' });
      const { code, stderr } = await schemactl(folder, [
        ...['plan', '--url', url, '--desired', 'app.sql', '--strict-coverage'],
        ...['--scratch', (await testServer()).url],
      ]);
      expect([code, stderr.includes('SC4003')]).toEqual([0, false]);
    }));
});
