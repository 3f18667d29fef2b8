/** From libpq's parameters and the process environment to a complete connection; reads PG* variables and nothing of schemactl. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { ClientConfig } from 'pg';
import type { ConnectionSpec } from '../core/connection.js';
import { type ConnectionParameters, ConninfoError, parseConninfo } from './conninfo.js';
import { readService } from './service-file.js';
import { tlsOptions } from './tls.js';

/** The variables of libpq that stand for parameters. */
const VARIABLES: Readonly<Record<string, string>> = {
  PGHOST: 'host',
  PGHOSTADDR: 'hostaddr',
  PGPORT: 'port',
  PGDATABASE: 'dbname',
  PGUSER: 'user',
  PGPASSWORD: 'password',
  PGOPTIONS: 'options',
  PGAPPNAME: 'application_name',
  PGCONNECT_TIMEOUT: 'connect_timeout',
  PGSSLMODE: 'sslmode',
  PGSSLNEGOTIATION: 'sslnegotiation',
  PGSSLCERT: 'sslcert',
  PGSSLKEY: 'sslkey',
  PGSSLROOTCERT: 'sslrootcert',
  PGCHANNELBINDING: 'channel_binding',
  PGCLIENTENCODING: 'client_encoding',
};

/** Whether PG* variables name a database at all. */
export function namedByVariables(env: NodeJS.ProcessEnv): boolean {
  return ['PGSERVICE', 'PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGDATABASE', 'PGUSER'].some((name) => env[name]);
}

/** A connection string and the environment around it: what the string leaves open comes from its service, then from PG* variables. */
export async function connectionOf(text: string, env: NodeJS.ProcessEnv, applicationName: string): Promise<ConnectionSpec> {
  return complete(parseConninfo(text), env, applicationName);
}

/** The connection that PG* variables (with `service` given, that service first) describe. */
export async function connectionOfVariables(env: NodeJS.ProcessEnv, applicationName: string, service?: string): Promise<ConnectionSpec> {
  return complete(service === undefined ? {} : { service }, env, applicationName);
}

async function complete(given: ConnectionParameters, env: NodeJS.ProcessEnv, applicationName: string): Promise<ConnectionSpec> {
  const variables = Object.fromEntries(Object.entries(VARIABLES).flatMap(([name, key]) => (env[name] ? [[key, env[name]]] : [])));
  const service = given.service ?? env.PGSERVICE;
  const all: ConnectionParameters = { ...variables, ...(service ? readService(service, env) : {}), ...given };
  const port = portOf(all.port ?? '5432');
  const host = all.host ?? all.hostaddr ?? defaultHost(port);
  const user = all.user ?? userInfo().username;
  const database = all.dbname ?? user;
  if (host.includes(',')) throw new ConninfoError('it names several hosts; name the one whose schema is to be changed');
  const password = all.password;
  const config: ClientConfig = {
    host: all.hostaddr ?? host,
    port,
    user,
    database,
    // A function, so that printing the configuration cannot print the password. Absent: node-postgres asks .pgpass.
    ...(password === undefined ? {} : { password: () => password }),
    ...(all.options === undefined ? {} : { options: all.options }),
    application_name: all.application_name ?? applicationName,
    connectionTimeoutMillis: Number(all.connect_timeout ?? 0) * 1000 || 15_000,
    keepAlive: true,
    ssl: await tlsOptions(all, host, port),
    ...(all.sslnegotiation === 'direct' ? { sslnegotiation: 'direct' as const } : {}),
    enableChannelBinding: all.channel_binding !== 'disable',
  };
  return { config, label: label(user, host, port, database) };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new ConninfoError(`port ${text} is not a number between 1 and 65535`);
  return port;
}

/** psql's default is the socket; node-postgres' is localhost. */
function defaultHost(port: number): string {
  return ['/var/run/postgresql', '/tmp'].find((folder) => existsSync(`${folder}/.s.PGSQL.${port}`)) ?? 'localhost';
}

function label(user: string, host: string, port: number, database: string): string {
  return `${user}@${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
}
