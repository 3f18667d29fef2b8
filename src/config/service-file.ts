/** Connection services: sections of pg_service.conf, looked up as libpq does; node-postgres does not know them. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { nearest } from '../core/suggest.js';
import { type ConnectionParameters, ConninfoError, checkName } from './conninfo.js';

/** Parameters of a service; the user's file goes before the system's. */
export function readService(name: string, env: NodeJS.ProcessEnv): ConnectionParameters {
  const personal = env.PGSERVICEFILE ?? join(env.HOME ?? homedir(), '.pg_service.conf');
  const files = [
    personal,
    ...(env.PGSYSCONFDIR ? [join(env.PGSYSCONFDIR, 'pg_service.conf')] : ['/etc/postgresql-common/pg_service.conf']),
  ];
  const names = new Set<string>();
  for (const file of files.filter((path) => existsSync(path))) {
    const services = parseServiceFile(readFileSync(file, 'utf8'));
    const service = services.get(name);
    if (service) {
      for (const parameter of Object.keys(service)) checkName(parameter);
      return service;
    }
    for (const known of services.keys()) names.add(known);
  }
  const meant = nearest(name, names);
  throw new ConninfoError(`no service ${name} in ${files.join(' or ')}${meant ? `; did you mean ${meant}?` : ''}`);
}

function parseServiceFile(text: string): ReadonlyMap<string, ConnectionParameters> {
  const services = new Map<string, Record<string, string>>();
  let current: Record<string, string> | null = null;
  for (const line of text.split(/\r?\n/).map((raw) => raw.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const section = /^\[(.*)\]$/.exec(line);
    if (section) {
      current = services.get(section[1] as string) ?? {};
      services.set(section[1] as string, current);
      continue;
    }
    const at = line.indexOf('=');
    // libpq takes the text as it stands: no quotes, no escapes.
    if (current && at > 0) current[line.slice(0, at).trim()] ??= line.slice(at + 1).trim();
  }
  return services;
}
