/**
 * The export of a database that holds every kind, applied to an empty server, gives an equal one, on every major: judged by pg_dump and
 * pg_dumpall where they can read the server, else by the second observer, which shares nothing with the reader.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCatalog } from '../../src/catalog/read.js';
import { pinSession } from '../../src/catalog/session.js';
import { kinds } from '../../src/kinds/registry.js';
import { exportSchema } from '../../src/plan/export.js';
import { type EmbeddedServer, startEmbedded } from '../../src/scratch/embedded.js';
import { withClient } from '../support/database.js';
import { dumpVersion } from '../support/dump-version.js';
import { everyKind, NOT_MADE } from '../support/every-kind.js';
import { globalsOf } from '../support/globals.js';
import { judge, schemaDump } from '../support/judge.js';
import { applyTo, planOf, spec } from '../support/made-plan.js';
import { observe } from '../support/observer.js';
import { judgeObservations } from '../support/observer-judge.js';
import { pgGlobals, psql } from '../support/postgres-programs.js';
import { query } from '../support/sql-query.js';

const MAJORS = [14, 15, 16, 17, 18];
const MANAGE = ['*', ...kinds.filter((kind) => kind.clusterWide === true).map(({ name }) => `${name}:*`)];
const judged = { pgDump: [] as number[], observer: [] as number[] };

afterAll(() => {
  console.log(
    `export of every kind, applied to an empty server: pg_dump and pg_dumpall judged ${judged.pgDump.join(', ') || 'none'}, ` +
      `the second observer ${judged.observer.join(', ') || 'none'}; not in it: ${Object.keys(NOT_MADE).join(', ')}`,
  );
});

const started: EmbeddedServer[] = [];
afterAll(async () => {
  for (const server of started) await server.stop();
});

async function emptyDatabase(major: number): Promise<string> {
  const server = await startEmbedded({ major, settings: { wal_level: 'logical' } });
  started.push(server);
  await query(server.url, 'create database shop template template0');
  const url = new URL(server.url);
  url.pathname = '/shop';
  return url.href;
}

const kindsIn = (url: string, major: number): Promise<ReadonlySet<string>> =>
  withClient(url, async (client) => {
    await pinSession(client);
    return new Set([...(await readCatalog(client, { major, kinds })).values()].map(({ kind }) => kind));
  });

describe.each(MAJORS)('PostgreSQL %i', (major) => {
  it('sql', { timeout: 900_000 }, async () => {
    const source = await emptyDatabase(major);
    await psql(source, everyKind(major));
    const held = await kindsIn(source, major);
    const missing = kinds.filter(({ name, query: rows }) => rows({ major, within: () => 'true' }) !== null && !held.has(name));
    expect(missing.map(({ name }) => name)).toEqual(Object.keys(NOT_MADE));

    const folder = mkdtempSync(join(tmpdir(), 'schemactl-export-'));
    try {
      const { files } = await exportSchema({ target: spec(source), format: 'sql', layout: 'object', manage: MANAGE, ignore: [] });
      for (const { path, text } of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const target = await emptyDatabase(major);
      const options = {
        desired: [folder],
        manage: MANAGE,
        scratch: { kind: 'embedded' },
        adopt: true,
        allow: [{ hazard: '*', address: null }],
      } as const;
      const { document } = await planOf(target, '', options);
      const outcome = await applyTo(target, document);
      expect(outcome.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);

      if ((await dumpVersion()) >= major) {
        judged.pgDump.push(major);
        const verdict = await judge(await schemaDump(target), await schemaDump(source), new Set(), {
          newDatabase: () => newDatabase(major),
        });
        expect([...verdict.unexpected, ...verdict.missing, verdict.reloadError]).toEqual([null]);
        expect(await pgGlobals(target)).toBe(await pgGlobals(source));
      } else {
        judged.observer.push(major);
        const verdict = await judgeObservations(await observe(target), await observe(source), new Set(), target);
        expect([...verdict.unexpected, ...verdict.missing]).toEqual([]);
        expect(await globalsOf(target)).toBe(await globalsOf(source));
      }
      expect((await planOf(target, '', options)).document.plan.steps).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** On a server of its own: roles that the dump names must be there. */
async function newDatabase(major: number): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const url = await emptyDatabase(major);
  await psql(
    url,
    everyKind(major)
      .split('create schema app')[0]
      ?.replace(/^.*:"DBNAME".*$/gm, '') ?? '',
  );
  return { url, drop: async () => undefined };
}
