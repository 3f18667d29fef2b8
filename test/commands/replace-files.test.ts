/** How pull and fmt write: all files or none, over no change of others; and what they refuse to write into. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { replaceFiles } from '../../src/commands/replace-files.js';
import { stoppedScene } from './operations.js';
import { project, schemactl, write } from './run-binary.js';

vi.setConfig({ testTimeout: 120_000 });

describe('files are replaced', () => {
  const contents = (folder: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => statSync(join(folder, path)).isFile())
        .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
    );

  it('changed, made and removed, with the byte order mark and the mode that they had', () => {
    const folder = project({ 'a.sql': '\ufeffold', 'b.sql': 'gone' });
    const at = (path: string) => join(folder, path);
    const { mode } = statSync(at('a.sql'));
    replaceFiles([
      { path: at('a.sql'), before: 'old', after: 'new' },
      { path: at('b.sql'), before: 'gone', after: null },
      { path: at('deep/c.sql'), before: null, after: 'made' },
    ]);
    expect(contents(folder)).toEqual({ 'a.sql': '\ufeffnew', 'deep/c.sql': 'made' });
    expect(statSync(at('a.sql')).mode).toBe(mode);
  });

  it('not at all when one of them is another than was read', () => {
    const folder = project({ 'a.sql': 'old', 'b.sql': 'changed meanwhile' });
    const replacing = () =>
      replaceFiles([
        { path: join(folder, 'a.sql'), before: 'old', after: 'new' },
        { path: join(folder, 'b.sql'), before: 'old', after: 'new' },
      ]);
    expect(replacing).toThrow(expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'SC2502' })] }));
    expect(contents(folder)).toEqual({ 'a.sql': 'old', 'b.sql': 'changed meanwhile' });
  });

  it('and put back when a later one cannot be written', () => {
    const folder = project({ 'a.sql': 'old' });
    const [a, c] = [
      { path: join(folder, 'a.sql'), before: 'old', after: 'new' },
      { path: join(folder, 'c.sql'), before: null, after: 'made' },
    ];
    // Before the first takes its place, and when the text of the last is gone by then.
    for (const last of [{ path: join(folder, 'a.sql/b.sql'), before: null, after: 'new' }, c]) {
      const replacing = () => replaceFiles([a, c, last]);
      expect(replacing).toThrow(expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'SC7022' })] }));
      expect(contents(folder)).toEqual({ 'a.sql': 'old' });
    }
  });
});

it('pull and fmt write into files only', async () => {
  const folder = project({ 'a.sql': 'create schema app;' });
  for (const command of ['pull', 'fmt']) {
    const { code, stderr } = await schemactl(folder, [command, '--desired', 'exec:cat a.sql']);
    expect([command, code]).toEqual([command, 1]);
    expect(stderr).toContain('error[SC2503] exec:cat a.sql is no file that could be written');
  }
});

it('pull takes nothing from a database that an open plan is changing', async () => {
  const scene = await stoppedScene();
  mkdirSync(join(scene.folder, 'other'));
  write(scene.folder, { 'other/app.sql': 'create schema app;\n' });
  const { code, stderr } = await scene.run('pull', '-e', 'test', '--desired', 'other');
  expect(stderr).toContain(`error[SC2403] plan ${scene.id} is open since`);
  expect(code).toBe(1);
  expect(existsSync(join(scene.folder, 'other/app.sql'))).toBe(true);
  expect(readFileSync(join(scene.folder, 'other/app.sql'), 'utf8')).toBe('create schema app;\n');
});
