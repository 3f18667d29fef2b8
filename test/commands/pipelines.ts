/** What the pipelines that init writes would run: their scripts, the schemactl commands in them, and running them in a real bash. */
import { spawn } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type Ran, write } from './run-binary.js';

const BINARY = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

export interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly Step[]; readonly defaults: { readonly run: { readonly 'working-directory': string } } }>
  >;
}

export interface GitlabJob {
  readonly script?: readonly string[];
  readonly before_script?: readonly string[];
  readonly after_script?: readonly string[];
}

/** Duplicate keys and the like are errors of the parser. */
export const readYaml = <T>(folder: string, path: string): T =>
  parse(readFileSync(join(folder, path), 'utf8'), { strict: true, uniqueKeys: true }) as T;

/** Every shell text of either system. */
export function shellTexts(pipeline: unknown): readonly string[] {
  if (Array.isArray(pipeline)) return pipeline.flatMap(shellTexts);
  if (pipeline === null || typeof pipeline !== 'object') return [];
  return Object.entries(pipeline).flatMap(([key, value]) => {
    if (key === 'run' && typeof value === 'string') return [value];
    if (/^(before_|after_)?script$/.test(key)) return [(value as readonly string[]).join('\n')];
    return shellTexts(value);
  });
}

/** "schemactl plan --env production": words, without what the shell makes of variables. */
export function invocations(text: string): readonly (readonly string[])[] {
  const lines = text.replaceAll('\\\n', ' ').split('\n');
  return lines
    .flatMap((line) => [...line.matchAll(/(?:^|[;&|]\s*)schemactl (.*?)(?= \|\| |$)/g)].map((match) => match[1] ?? ''))
    .map((words) => words.split(/\s+/).filter((word) => word !== '' && word !== '"${allow[@]}"'));
}

/** As a runner does: bash that stops at the first error. `programs` stand in for those of the runner. */
export async function bash(
  folder: string,
  script: string,
  env: Readonly<Record<string, string>>,
  programs: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const bin = { schemactl: `#!/bin/sh\nexec '${process.execPath}' '${BINARY}' "$@"\n`, ...programs };
  for (const [name, text] of Object.entries(bin)) {
    write(folder, { [`.bin/${name}`]: text });
    chmodSync(join(folder, '.bin', name), 0o755);
  }
  const { PATH = '', HOME = '', SCHEMACTL_CACHE_DIR } = process.env;
  const inherited = { HOME, ...(SCHEMACTL_CACHE_DIR === undefined ? {} : { SCHEMACTL_CACHE_DIR }) };
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { ...inherited, ...env, PATH: join(folder, '.bin') + delimiter + PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
