/** schemactl completion: the script in a real bash, and in zsh and fish where they are installed. */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../src/commands/names.js';
import { project, schemactl } from './run-binary.js';

const SHELLS = ['bash', 'fish', 'zsh'] as const;
const scripts = new Map<string, string>();
const isInstalled = (shell: string): boolean => spawnSync(shell, ['-c', ':']).status === 0;

beforeAll(async () => {
  const folder = tmpdir();
  for (const shell of SHELLS) {
    const { code, stdout, stderr } = await schemactl(folder, ['completion', shell]);
    expect([shell, code, stderr]).toEqual([shell, 0, '']);
    scripts.set(shell, stdout);
  }
});

/** What bash offers when the last of the words is to be completed; "=" is a word of its own there. */
function offered(words: readonly string[], folder = '/'): readonly string[] {
  const script = `source "$SCRIPT"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _schemactl; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const from = project({ script: scripts.get('bash') ?? '' });
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, 'bash', 'schemactl', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', SCRIPT: `${from}/script` },
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('in bash', () => {
  it('completes commands, flags, and the values that flags and arguments take', () => {
    expect(offered([''])).toEqual([...[...COMMAND_NAMES, 'help'].sort(), '--help', '--version']);
    expect(offered(['va'])).toEqual(['validate']);
    expect(offered(['plan', '--det'])).toEqual(['--detailed-exitcode']);
    expect(offered(['plan', '--format', ''])).toEqual(['text', 'json', 'sql', 'markdown', 'html']);
    expect(offered(['plan', '--format', '=', 'm'])).toEqual(['markdown']);
    expect(offered(['plan', '--format', '='])).toHaveLength(5);
    expect(offered(['plan', '--report', 'mark'])).toEqual(['markdown=']);
    expect(offered(['plan', '--allow', 'drop-ta'])).toContain('drop-table');
    expect(offered(['plan', '--scratch', ''])).toEqual(['target', 'embedded']);
    expect(offered(['explain', 'SC1013'])).toEqual(['SC1013']);
    expect(offered(['completion', ''])).toEqual(['bash', 'fish', 'zsh']);
    expect(offered(['plan', '--url', ''])).toEqual([]);
    expect(offered(['plan', 'x'])).toEqual([]);
  });

  it('completes files, and the environments of the configuration above', () => {
    const config =
      'version: 1\nenvironments:\n  # not this: one\n  staging:\n    url: { env: X }\n  production: { service: shop }\npolicies:\n  strict: {}\n';
    const folder = project({ 'schemactl.yaml': config, 'plans/first plan.json': '', 'deep/er/x': '' });
    expect(offered(['show', 'plans/fi'], folder)).toEqual(['plans/first plan.json']);
    expect(offered(['plan', '--out', 'schem'], folder)).toEqual(['schemactl.yaml']);
    expect(offered(['plan', '-e', ''], `${folder}/deep/er`)).toEqual(['staging', 'production']);
    expect(offered(['plan', '--env', 'pr'], folder)).toEqual(['production']);
    expect(offered(['plan', '--env', ''], project())).toEqual([]);
  });
});

describe('in fish and zsh', () => {
  it('knows every command and flag that bash knows', () => {
    const flags = (text: string, form: RegExp): readonly string[] =>
      [...new Set([...text.matchAll(form)].map((match) => match[1] ?? ''))].sort();
    const bash = flags(scripts.get('bash') ?? '', / '?--([a-z-]+)(?= |')/g).filter((flag) => flag !== 'version');
    expect(bash.length).toBeGreaterThan(20);
    expect(flags(scripts.get('fish') ?? '', / -l ([a-z-]+)/g)).toEqual(bash.filter((flag) => flag !== 'help'));
    expect(flags(scripts.get('zsh') ?? '', /'\*?--([a-z-]+)=?\[/g)).toEqual(bash.filter((flag) => flag !== 'help'));
    for (const name of COMMAND_NAMES) {
      expect(scripts.get('fish')).toContain(` -a ${name} -d '`);
      expect(scripts.get('zsh')).toContain(`    '${name}:`);
    }
  });

  it('is taken by the shell itself, where it is installed', () => {
    const folder = project(Object.fromEntries(scripts));
    const run = (shell: string, args: readonly string[]) => spawnSync(shell, args, { cwd: folder, encoding: 'utf8' });
    for (const shell of ['fish', 'zsh']) {
      if (!isInstalled(shell)) console.log(`${shell} is not installed: its script was not tried`);
      else expect([shell, run(shell, ['-n', shell]).stderr]).toEqual([shell, '']);
    }
    if (isInstalled('fish')) {
      const { stdout } = run('fish', [
        '--no-config',
        '-c',
        'source fish; complete -C "schemactl plan --format m"; complete -C "schemactl val"',
      ]);
      expect(stdout).toMatch(/^markdown\tform of the output\nvalidate\tCheck desired files/);
    }
  });
});
