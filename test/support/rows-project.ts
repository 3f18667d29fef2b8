/** A database and a folder of desired files for each test of a file: planned, applied, planned again. Judges only that it comes to an end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect } from 'vitest';
import type { PlanOutcome } from '../../src/plan/options.js';
import { createDatabase, query, type TestDatabase } from './database.js';
import { applyTo, planOf, planRefusal, statementsOf } from './made-plan.js';

type Options = NonNullable<Parameters<typeof planOf>[2]>;

export interface RowsProject {
  readonly url: string;
  readonly folder: string;
  put(name: string, text: string): void;
  plan(yaml: string, options?: Options): Promise<PlanOutcome>;
  /** "CODE file:line:column summary" of everything that planning refuses. */
  refusal(yaml: string): Promise<readonly string[]>;
  migrate(yaml: string, options?: Options): Promise<PlanOutcome>;
  /** As migrate, and the second plan is empty, and every step of the first was proven. */
  settle(yaml: string, options?: Options): Promise<readonly string[]>;
  table(sql: string): Promise<readonly Record<string, unknown>[]>;
}

/** `url` and `folder` are those of the test that runs. */
export function rowsProject(): RowsProject {
  let database: TestDatabase;
  let folder: string;
  beforeEach(async () => {
    database = await createDatabase();
    folder = mkdtempSync(join(tmpdir(), 'schemactl-rows-'));
    return async () => {
      rmSync(folder, { recursive: true, force: true });
      await database.drop();
    };
  });
  const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const plan = (yaml: string, options: Options = {}): Promise<PlanOutcome> => {
    put('app.yaml', yaml);
    return planOf(database.url, '', { desired: [folder], adopt: true, ...options });
  };
  const migrate = async (yaml: string, options: Options = {}): Promise<PlanOutcome> => {
    const planned = await plan(yaml, options);
    const { exitCode, diagnostics } = await applyTo(database.url, planned.document);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(exitCode).toBe(0);
    return planned;
  };
  return {
    get url() {
      return database.url;
    },
    get folder() {
      return folder;
    },
    put,
    plan,
    async refusal(yaml) {
      put('app.yaml', yaml);
      const found = await planRefusal(database.url, '', { desired: [folder], adopt: true });
      return found.map(({ code, span, summary }) => {
        const place = span === undefined ? '' : `${span.file.slice(folder.length + 1)}:${span.start.line}:${span.start.column} `;
        return `${code} ${place}${summary}`;
      });
    },
    migrate,
    async settle(yaml, options = {}) {
      const { document } = await migrate(yaml, options);
      expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
      expect(statementsOf((await plan(yaml)).document)).toEqual([]);
      return statementsOf(document);
    },
    table: (sql) => query(database.url, sql),
  };
}
