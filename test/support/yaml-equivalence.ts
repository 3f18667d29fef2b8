/** Tests that YAML and SQL say the same, and that what is exported as YAML reads back and exports as it was. Knows no kind. */
import { describe, expect, it } from 'vitest';
import { exportYaml } from '../../src/desired/yaml/export.js';
import { kinds } from '../../src/kinds/registry.js';
import { comparable, type Files, stateOf } from './yaml-state.js';

export interface SameSchema {
  readonly title: string;
  readonly yaml: string;
  readonly sql: string;
  /** Beside both, as SQL. */
  readonly rest?: string;
  /** Beside the YAML only: bodies and queries. */
  readonly files?: Files;
  /** Kinds of which something is left for SQL to say. */
  readonly inSql?: readonly string[];
}

export function equivalenceSuite(schemas: readonly SameSchema[]): void {
  describe('YAML and SQL', () => {
    for (const { title, yaml, sql, rest, files = {}, inSql = [] } of schemas) {
      const beside: Files = rest === undefined ? {} : { 'rest.sql': rest };

      it(`say the same: ${title}`, { timeout: 120_000 }, async () => {
        const fromYaml = await stateOf({ 'app.yaml': yaml, ...files, ...beside });
        const fromSql = await stateOf({ 'app.sql': sql, ...beside });
        expect(comparable(fromYaml)).toEqual(comparable(fromSql));
      });

      it(`exported, reads back as it was and exports as it was: ${title}`, { timeout: 120_000 }, async () => {
        const state = await stateOf({ 'app.sql': sql, ...beside });
        for (const perObject of [true, false]) {
          const { files: written, rest: left } = exportYaml(state, { kinds, perObject });
          expect([...new Set([...left.values()].map(({ kind }) => kind))].sort()).toEqual([...inSql].sort());
          const texts = Object.fromEntries(written.map(({ path, text }) => [path, text]));
          const back = await stateOf({ ...texts, ...(left.size === 0 ? {} : beside) });
          expect(comparable(back)).toEqual(comparable(state));
          expect(exportYaml(back, { kinds, perObject }).files).toEqual(written);
        }
      });
    }
  });
}
