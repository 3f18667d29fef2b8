/** The sources of a state, as flags and configuration name them -> what the library reads; flags win over the configuration. */
import { resolve, sep } from 'node:path';
import type { Config, ConfiguredSource, DesiredEntry } from '../config/config.js';
import { redact } from '../config/redact.js';
import { connectionFrom, type ResolvedConnection, resolveConnection } from '../config/resolve-connection.js';
import { sourceOf } from '../config/source-words.js';
import { DiagnosticError } from '../core/diagnostic.js';
import { type Source, sourceName } from '../core/source.js';
import { nearest } from '../core/suggest.js';
import { usage } from './flags.js';
import { displayPath } from './paths.js';
import { APPLICATION_NAME } from './version.js';

/**
 * Paths relative to where the user is: they go into the plan, and the same files must give the same plan wherever the checkout lies.
 */
export async function desiredSources(
  given: readonly string[] | undefined,
  configured: readonly DesiredEntry[],
  config: Config,
): Promise<readonly Source[]> {
  const entries = given === undefined ? configured : typedSources('--desired', given);
  const sources: Source[] = [];
  for (const entry of entries) sources.push(await readable(entry, config));
  if (sources.length > 0) return sources;
  throw new DiagnosticError([
    {
      code: 'SC7021',
      severity: 'error',
      summary: 'no desired state was named',
      hint: 'give --desired PATH, or list files and folders under desired in schemactl.yaml (schemactl init writes one)',
    },
  ]);
}

/** The same where files are written back: nothing can be written into the output of a command or into a database. */
export async function desiredFiles(
  given: readonly string[] | undefined,
  configured: readonly DesiredEntry[],
  config: Config,
): Promise<readonly string[]> {
  const sources = await desiredSources(given, configured, config);
  const paths = sources.filter((source) => typeof source === 'string');
  const others = sources.filter((source) => typeof source !== 'string');
  if (others.length === 0) return paths;
  throw new DiagnosticError(
    others.map((source) => ({
      code: 'SC2503',
      severity: 'error',
      summary: `${redact(sourceName(source))} is no file that could be written`,
      hint: 'name files or folders with --desired',
    })),
  );
}

type Entry = Pick<DesiredEntry, 'source'> & Partial<Pick<DesiredEntry, 'span'>>;

/** Sources of the command line, taken apart. */
export function typedSources(flag: string, given: readonly string[]): readonly Entry[] {
  return given.map((text) => {
    const source = sourceOf(text, process.cwd());
    if ('problem' in source) throw usage(`${flag}: ${redact(source.problem)}`, source.hint);
    return { source };
  });
}

const fromHere = (path: string): string => displayPath(resolve(path)).split(sep).join('/');

export async function readable({ source, span }: Entry, config: Config): Promise<Source> {
  switch (source.kind) {
    case 'path':
      return fromHere(source.path);
    case 'command': {
      const { argv, folder, timeout_ms } = source;
      return { from: 'command', name: redact(`exec:${argv.map(quoted).join(' ')}`), argv, folder, timeout_ms };
    }
    case 'git':
      return { from: 'git', revision: source.revision, path: source.path, folder: source.folder };
    case 'snapshot':
    case 'plan':
      return { from: source.kind, path: fromHere(source.path) };
    case 'connection': {
      const origin = source.connection.from === 'env' ? `env:${source.connection.name}` : 'url:';
      const found = await databaseOf(source, config, span === undefined ? {} : { span });
      return { from: 'database', name: origin === 'url:' ? `url:${found.label}` : origin, connection: found };
    }
    case 'environment':
      return { from: 'database', name: `environment:${source.name}`, connection: await environmentConnection(source.name, config) };
  }
}

async function databaseOf(
  { connection }: Extract<ConfiguredSource, { kind: 'connection' }>,
  config: Config,
  place: Pick<Entry, 'span'>,
): Promise<ResolvedConnection> {
  const isEnvironment = connection.from === 'env' && !process.env[connection.name] && config.environments.has(connection.name);
  if (!isEnvironment) return connectionFrom('the source', { source: connection, ...place }, process.env, APPLICATION_NAME);
  throw new DiagnosticError([
    {
      code: 'SC7012',
      severity: 'error',
      summary: `the environment variable ${connection.name} is not set`,
      hint: `${connection.name} is an environment of the configuration: write environment:${connection.name}`,
      ...place,
    },
  ]);
}

async function environmentConnection(name: string, config: Config): Promise<ResolvedConnection> {
  const environment = config.environments.get(name);
  if (environment?.connection) return connectionFrom(`environment ${name}`, environment.connection, process.env, APPLICATION_NAME);
  if (environment) return resolveConnection({ url: null, environment, env: {}, applicationName: APPLICATION_NAME });
  const meant = nearest(name, config.environments.keys());
  const hint = meant ? `did you mean ${meant}?` : 'add it under environments in schemactl.yaml';
  throw new DiagnosticError([{ code: 'SC7006', severity: 'error', summary: `no environment is named ${name}`, hint }]);
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
