/** init --url with the real executable: the files, what is left alone, pipelines that run as they were written, and what is refused without it. */

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, Interfaces } from '@oclif/core';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { COMMANDS } from '../../src/commands/index.js';
import { createDatabase, query, testServer, withDatabase } from '../support/database.js';
import { bash, type GitlabJob, invocations, readYaml, shellTexts, type Workflow } from './pipelines.js';
import { project, schemactl, write } from './run-binary.js';

vi.setConfig({ testTimeout: 240_000 });

const LIVE = `
  create schema app; create schema audit; create view information_schema.stray as select 1 as a;
  create table app.orders (id bigint generated always as identity primary key, note text not null default 'none', old text);
  create view app.notes as select note from app.orders;
  create table app.tmp_import (id integer);
  create table audit.log (id integer); create table audit.old_log (id integer);`;

let server = '';
beforeAll(async () => {
  server = (await testServer()).url;
});

const env = (url: string) => ({ SCHEMACTL_SCRATCH: server, PRODUCTION_DATABASE_URL: url });
const GITHUB = '.github/workflows/schemactl.yml';
const GITLAB = '.gitlab/schemactl.yml';

describe('init --url', () => {
  it('writes configuration, files and pipelines, lists what it leaves alone, and finds nothing to plan', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      // The project is a folder of a repository that has a pipeline of its own.
      const root = project({ '.gitlab-ci.yml': 'stages: [test]\n', 'db/README': '' });
      mkdirSync(join(root, '.git'));
      const folder = join(root, 'db');
      const args = ['init', '--url', url, '--manage', 'app', '--ignore', 'app.tmp_*', '--format', 'yaml'];
      const { code, stdout, stderr } = await schemactl(folder, args, env(url));
      expect(stderr).toContain(
        'warning[SC4003] the database holds 1 object that schemactl does not manage yet\n  view information_schema.stray\n',
      );
      expect(stdout).toContain('Wrote schemactl.yaml and 3 files to schemas/.\n');
      expect(stdout).toContain(`Wrote ../${GITHUB}, ../${GITLAB}: `);
      expect(stdout).toContain(
        'Left ../.gitlab-ci.yml as it is: it was there already. To have ../.gitlab/schemactl.yml run, add  include: [local: .gitlab/schemactl.yml]\n',
      );
      expect(stdout).toContain(
        'Left alone: 4 objects\n  schema:audit and 2 objects in it: not named by manage\n  table:app.tmp_import: ignored by "app.tmp_*"\n',
      );
      expect(stdout).toMatch(/\nNo changes\. \S+ matches the desired state \(\d+ objects\)\.\n$/);
      expect(code).toBe(0);

      expect(readFileSync(join(root, '.gitlab-ci.yml'), 'utf8')).toBe('stages: [test]\n');
      expect(readYaml(folder, 'schemactl.yaml')).toEqual({
        version: 1,
        desired: ['schemas'],
        adopt: true,
        manage: ['app'],
        ignore: ['app.tmp_*'],
        environments: { production: { url: { env: 'PRODUCTION_DATABASE_URL' } } },
      });
      expect(readYaml<Workflow>(root, GITHUB).jobs.plan?.defaults).toEqual({ run: { 'working-directory': 'db' } });
      expect(readFileSync(join(folder, 'schemas/app/tables/orders.yaml'), 'utf8')).toContain('identity: always');
      const again = await schemactl(folder, ['plan', '-e', 'production', '--detailed-exitcode'], env(url));
      expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No changes\./) });
    }));

  it('takes presets, and writes only the pipelines that are asked for; --json has it all', () =>
    withDatabase(async ({ url }) => {
      await query(url, 'create schema auth; create table auth.users (id integer); create table public.t (id integer)');
      const folder = project();
      const args = ['init', '--url', url, '--preset', 'supabase', '--ci', 'gitlab', '--json'];
      const { code, stdout } = await schemactl(folder, args, env(url));
      expect(JSON.parse(stdout)).toMatchObject({
        files: ['schemactl.yaml', 'schemas/public/tables/t.sql', GITLAB, '.gitlab-ci.yml'],
        left_alone: [
          { address: 'schema:auth', ignored_by: 'auth' },
          { address: 'table:auth.users', ignored_by: 'auth' },
        ],
        unmodelled: [],
        plan: { plan: { changes: [] } },
      });
      expect(code).toBe(0);
      expect(existsSync(join(folder, GITHUB))).toBe(false);
      expect(readYaml(folder, '.gitlab-ci.yml')).toEqual({ include: [{ local: GITLAB }] });
      expect(await schemactl(folder, ['init', '--preset', 'supabose'])).toMatchObject({ code: 1 });
      expect(await schemactl(project(), ['init', '--preset', 'supabose'])).toMatchObject({
        code: 64,
        stderr: expect.stringContaining('did you mean supabase?'),
      });
    }));
});

describe('the pipelines', () => {
  it.each([GITHUB, GITLAB])('%s uses commands, flags and values that exist', async (path) => {
    const folder = project();
    expect(await schemactl(folder, ['init', '--ci', 'github', '--ci', 'gitlab'])).toMatchObject({ code: 0 });
    const found = shellTexts(readYaml(folder, path)).flatMap(invocations);
    expect([...new Set(found.map(([name]) => name))].sort()).toEqual(['apply', 'plan', 'validate', 'verify']);
    expect(found.flatMap(([name = '', ...words]) => faults(name, words))).toEqual([]);
    expect(faults('plan', ['--envv', 'x', '--format', 'xml', 'stray', '--report', 'xml=a'])).toEqual([
      'plan: no flag --envv',
      'plan: x is no argument',
      'plan: xml is no value of --format',
      'plan: stray is no argument',
    ]);
    expect(faults('paln', [])).toEqual(['no command paln']);
  });

  it('of GitHub plan and comment in the pull request, sign, and apply both phases', async () => {
    const { folder, url, run, jobs } = await changed();
    const gh = '#!/bin/sh\nprintf "%s\\n" "$*" >> gh.log\ncase "$*" in *--paginate*) cat found.txt;; esac\n';
    const step = (job: string, name: string, more: Readonly<Record<string, string>> = {}) =>
      run(jobs[job]?.steps.find((each) => each.name === name)?.run ?? 'exit 99', { ...more, PULL_REQUEST: '7' }, { gh });
    const read = (path: string) => readFileSync(join(folder, path), 'utf8');

    expect(await step('plan', 'Check the files')).toMatchObject({ code: 0 });
    // A column would be dropped.
    expect(await step('plan', 'Plan')).toMatchObject({ code: 3 });
    write(folder, { 'found.txt': '' });
    expect(await step('plan', 'Comment')).toMatchObject({ code: 0 });
    write(folder, { 'found.txt': '41\n' });
    expect(await step('plan', 'Comment')).toMatchObject({ code: 0 });
    const calls = read('gh.log').split('\n');
    expect(calls[1]).toBe('pr comment 7 --repo me/shop --body-file plan.md');
    expect(calls[3]).toBe('api --silent --method PATCH repos/me/shop/issues/comments/41 --field body=@plan.md');
    const first = read('plan.md').split('\n')[0];
    expect(calls[0]).toContain(`startswith("${first?.replaceAll('"', '\\"')}")`);

    expect(await step('sign', 'Plan and sign', { SIGNING_KEY: '' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the secret SCHEMACTL_SIGNING_KEY is not set'),
    });
    const signing = { SIGNING_KEY: read('ci').trim() };
    expect(await step('sign', 'Plan and sign', { ...signing, ALLOW: '' })).toMatchObject({ code: 3 });
    expect(await step('sign', 'Plan and sign', { ...signing, ALLOW: 'drop-column:app.orders.old' })).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'tmp/signing.key'))).toBe(false);
    expect(read('output.txt')).toBe('changes=true\ncontract=true\n');

    expect(await step('apply', 'Verify')).toMatchObject({ code: 0, stdout: expect.stringContaining('signed by ci') });
    const columns = () =>
      query(url, `select attname from pg_attribute where attrelid = 'app.orders'::regclass and attnum > 0 and not attisdropped`);
    expect(await step('apply', 'Apply')).toMatchObject({ code: 0 });
    expect(await columns()).toEqual([{ attname: 'id' }, { attname: 'note' }, { attname: 'old' }, { attname: 'total' }]);
    expect(await step('contract', 'Apply what old programs could not live with')).toMatchObject({ code: 0 });
    expect(await columns()).toEqual([{ attname: 'id' }, { attname: 'note' }, { attname: 'total' }]);
    expect(await step('sign', 'Plan and sign', { ...signing, ALLOW: '' })).toMatchObject({ code: 0 });
    expect(read('output.txt')).toBe('changes=true\ncontract=true\n');
  });

  it('of GitLab the same', async () => {
    const { folder, url, run, gitlab } = await changed();
    const curl = '#!/bin/sh\nprintf "%s\\n" "$*" >> curl.log\ncase "$*" in *per_page*) cat found.json;; esac\n';
    const npm = '#!/bin/sh\n';
    const job = (name: string, more: Readonly<Record<string, string>> = {}) => {
      const lines = [...(gitlab['.schemactl']?.before_script ?? []), ...(gitlab[name]?.script ?? ['exit 99'])];
      return run(lines.join('\n'), { FOLDER: '.', ...more }, { npm });
    };
    expect(await job('schema plan')).toMatchObject({ code: 3 });
    const note = () => run(gitlab['schema plan']?.after_script?.join('\n') ?? '', { FOLDER: '.', SCHEMACTL_COMMENT_TOKEN: 't' }, { curl });
    write(folder, { 'found.json': '[{"id": 5, "body": "hello"}]' });
    expect(await note()).toMatchObject({ code: 0 });
    write(folder, { 'found.json': JSON.stringify([{ id: 9, body: readFileSync(join(folder, 'plan.md'), 'utf8') }]) });
    expect(await note()).toMatchObject({ code: 0 });
    const calls = readFileSync(join(folder, 'curl.log'), 'utf8').split('\n');
    expect(calls[1]).toMatch(
      /--request POST --data-urlencode body@plan\.md https:\/\/gitlab\.test\/projects\/1\/merge_requests\/7\/notes$/,
    );
    expect(calls[3]).toMatch(/--request PUT .*\/notes\/9$/);

    const signing = { SCHEMACTL_SIGNING_KEY: join(folder, 'ci') };
    expect(await job('schema sign', signing)).toMatchObject({ code: 3 });
    expect(await job('schema sign', { ...signing, SCHEMACTL_ALLOW: 'drop-column:app.orders.old' })).toMatchObject({ code: 0 });
    expect(await job('schema apply')).toMatchObject({ code: 0, stdout: expect.stringContaining('signed by ci') });
    expect(await job('schema contract')).toMatchObject({ code: 0 });
    expect(
      await query(
        url,
        `select count(*)::int as n from pg_attribute where attrelid = 'app.orders'::regclass and attnum > 0 and not attisdropped`,
      ),
    ).toEqual([{ n: 3 }]);
    const planned = await schemactl(folder, ['plan', '-e', 'production', '--detailed-exitcode'], env(url));
    expect(planned).toMatchObject({ code: 0 });
  });
});

describe('the first run on a database that nobody adopted', () => {
  it('refuses drops, and says what adopting is', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const folder = project({
        'app.sql': 'create schema app; create table app.orders (id bigint generated always as identity primary key);',
      });
      const plan = (...more: readonly string[]) =>
        schemactl(
          folder,
          [
            'plan',
            '--url',
            url,
            '--desired',
            'app.sql',
            ...['drop-table', 'drop-column', 'drop-view'].flatMap((hazard) => ['--allow', hazard]),
            ...more,
          ],
          { SCHEMACTL_SCRATCH: server },
        );
      const { code, stdout } = await plan();
      expect(code).toBe(3);
      expect(stdout).toContain('schemactl never applied a plan to this database: --adopt says that it manages it now');
      expect(await plan('--adopt')).toMatchObject({ code: 0 });
    }));
});

/** An adopted database and a key; the files want a column more and one less than it has. */
async function changed() {
  const database = await createDatabase();
  const { url } = database;
  onTestFinished(() => database.drop());
  await query(url, LIVE);
  const folder = project({ tmp: '' });
  expect(await schemactl(folder, ['init', '--url', url, '--manage', 'app', '--ignore', 'app.tmp_*'], env(url))).toMatchObject({ code: 0 });
  expect(await schemactl(folder, ['keygen', '--out', 'ci'])).toMatchObject({ code: 0 });
  const config = readFileSync(join(folder, 'schemactl.yaml'), 'utf8');
  const orders = readFileSync(join(folder, 'schemas/app/tables/orders.sql'), 'utf8');
  write(folder, {
    'schemactl.yaml': config.replace('# require_signature', 'require_signature').replace('# trusted_keys', 'trusted_keys'),
    'schemas/app/tables/orders.sql': orders.replace('old text', 'total numeric'),
  });
  const runner = {
    ...env(url),
    GITHUB_REPOSITORY: 'me/shop',
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    GITHUB_OUTPUT: join(folder, 'output.txt'),
    RUNNER_TEMP: folder,
    CI_API_V4_URL: 'https://gitlab.test',
    CI_PROJECT_ID: '1',
    CI_MERGE_REQUEST_IID: '7',
  };
  const run = (script: string, more: Readonly<Record<string, string>>, programs: Readonly<Record<string, string>>) =>
    bash(folder, script, { ...runner, ...more }, programs);
  const { jobs } = readYaml<Workflow>(folder, GITHUB);
  return { folder, url, run, jobs, gitlab: readYaml<Readonly<Record<string, GitlabJob>>>(folder, GITLAB) };
}

/** What the registry of commands says against these words. */
function faults(name: string, words: readonly string[]): readonly string[] {
  const command = Object.entries(COMMANDS).find(([known]) => known === name)?.[1] as Command.Class | undefined;
  if (command === undefined) return [`no command ${name}`];
  const flags: Readonly<Record<string, Interfaces.Flag<unknown>>> = { ...command.baseFlags, ...command.flags };
  const found: string[] = [];
  let left = Object.keys(command.args).length;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const flag = word.startsWith('--') ? flags[word.slice(2)] : undefined;
    if (word.startsWith('-') && flag === undefined) found.push(`${name}: no flag ${word}`);
    else if (flag?.type === 'option') {
      at += 1;
      const value = words[at];
      if (value === undefined || (flag.options && !flag.options.includes(value))) found.push(`${name}: ${value} is no value of ${word}`);
    } else if (flag === undefined && left-- <= 0) found.push(`${name}: ${word} is no argument`);
  }
  return found;
}
