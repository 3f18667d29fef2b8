/** How a connection is found and understood: precedence, forms, services, TLS, and that no password shows. */
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ConnectionSource } from '../../src/config/config.js';
import { connectionOf } from '../../src/config/connection.js';
import { parseConninfo } from '../../src/config/conninfo.js';
import { redact } from '../../src/config/redact.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import { DiagnosticError } from '../../src/core/diagnostic.js';
import { project, write } from './run-binary.js';

const span = { file: 'schemactl.yaml', start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } };
const url = (name: string): string => `postgresql://me@host:1/${name}?sslmode=disable`;

describe('where a connection comes from', () => {
  const everywhere = {
    SCHEMACTL_URL: url('variable'),
    DATABASE_URL: url('platform'),
    PGHOST: 'pg',
    PGDATABASE: 'libpq',
    PGUSER: 'me',
    PGSSLMODE: 'disable',
  };
  const environment = { name: 'prod', connection: { source: { from: 'text' as const, url: url('environment') }, span } };
  const resolved = async (given: string | null, named: typeof environment | null, env: Record<string, string>) =>
    (await resolveConnection({ url: given, environment: named, env, applicationName: 'test' })).config.database;

  it('is the first that says so', async () => {
    const env: Record<string, string> = { ...everywhere };
    expect(await resolved(url('flag'), environment, env)).toBe('flag');
    expect(await resolved(null, environment, env)).toBe('variable');
    delete env.SCHEMACTL_URL;
    expect(await resolved(null, environment, env)).toBe('environment');
    expect(await resolved(null, null, env)).toBe('platform');
    delete env.DATABASE_URL;
    expect(await resolved(null, null, env)).toBe('libpq');
    await expect(resolved(null, null, {})).rejects.toThrow('SC7010');
  });

  it('may be a variable, a file or a program that prints it', async () => {
    const folder = project({ secret: `${url('file')}\n` });
    const of = async (source: ConnectionSource) =>
      (
        await resolveConnection({
          url: null,
          environment: { name: 'x', connection: { source, span } },
          env: { SOME: url('env') },
          applicationName: 'test',
        })
      ).config.database;
    expect(await of({ from: 'env', name: 'SOME' })).toBe('env');
    expect(await of({ from: 'file', path: `${folder}/secret` })).toBe('file');
    expect(await of({ from: 'command', argv: ['cat', 'secret'], cwd: folder })).toBe('file');
    await expect(of({ from: 'command', argv: ['false'], cwd: folder })).rejects.toThrow(
      'SC7013 the command false gave no connection string: it exited with 1',
    );
  });

  it('may be a service, whose settings go before variables and after what is typed', async () => {
    const folder = project();
    write(folder, { 'services.conf': '# comment\n[shop]\nhost=db.internal\nport=6000\ndbname=shop\nsslmode=disable\n' });
    const env = { PGSERVICEFILE: `${folder}/services.conf`, PGPORT: '7000', PGUSER: 'deploy' };
    const spec = await connectionOf('service=shop dbname=other', env, 'test');
    expect(spec.label).toBe('deploy@db.internal:6000/other');
    const missing = resolveConnection({ url: 'service=shopp', environment: null, env, applicationName: 'test' });
    await expect(missing).rejects.toThrow(/SC7014 .*did you mean shop\?/);
  });
});

describe('connection strings', () => {
  it.each([
    [
      'postgresql://user:p%40ss@host:6543/db?sslmode=require',
      { user: 'user', password: 'p@ss', host: 'host', port: '6543', dbname: 'db', sslmode: 'require' },
    ],
    ['postgres://user@/db?host=/tmp/socket', { user: 'user', dbname: 'db', host: '/tmp/socket' }],
    ['postgresql://%2Ftmp%2Fsocket:5515/db', { host: '/tmp/socket', port: '5515', dbname: 'db' }],
    ['postgresql://[::1]:5432/db', { host: '::1', port: '5432', dbname: 'db' }],
    ['postgresql:///db', { dbname: 'db' }],
    ["host=h dbname='my db' password='it\\'s'", { host: 'h', dbname: 'my db', password: "it's" }],
  ])('%s', (text, expected) => expect(parseConninfo(text)).toEqual(expected));

  it.each([
    ['postgresql://h/db?sslmod=require', 'did you mean sslmode?'],
    ['postgresql://a,b/db', 'several hosts'],
    ['mysql://h/db', 'neither'],
    ['', 'empty'],
    ['postgresql://u:p%zz@h/db', 'two-digit code'],
  ])('%s is refused', (text, words) => expect(() => parseConninfo(text)).toThrow(words));

  it('keep the password out of what can be printed', async () => {
    const spec = await connectionOf('postgresql://u:topsecret@h/db?sslmode=disable', {}, 'test');
    expect(`${JSON.stringify(spec)}${spec.label}`).not.toContain('topsecret');
    expect((spec.config.password as () => string)()).toBe('topsecret');
  });
});

describe('TLS', () => {
  const ssl = async (text: string) => (await connectionOf(text, {}, 'test')).config.ssl;

  it('follows libpq: require encrypts without checking, verify-full checks name and chain', async () => {
    expect(await ssl('postgresql://h/db?sslmode=disable')).toBe(false);
    expect(await ssl('postgresql://h/db?sslmode=require')).toMatchObject({ rejectUnauthorized: false, servername: 'h' });
    const ca = await ssl('postgresql://h/db?sslmode=verify-ca');
    expect(ca).toMatchObject({ rejectUnauthorized: true });
    expect((ca as { checkServerIdentity: () => unknown }).checkServerIdentity()).toBeUndefined();
    expect(await ssl('postgresql://h/db?sslmode=verify-full')).not.toHaveProperty('checkServerIdentity');
    await expect(ssl('postgresql://h/db?sslmode=verify_full')).rejects.toThrow('did you mean verify-full?');
    await expect(ssl('postgresql://h/db?sslmode=verify-full&sslrootcert=/missing.crt')).rejects.toThrow('cannot read the root certificate');
  });

  it.each([
    ['S', { rejectUnauthorized: false }],
    ['N', false],
  ] as const)('is used by default where the server answers %s', async (answer, expected) => {
    const server = createServer((socket) => socket.once('data', () => socket.end(answer)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const found = await ssl(`postgresql://127.0.0.1:${port}/db`);
    if (expected === false) expect(found).toBe(false);
    else expect(found).toMatchObject(expected);
  });
});

it.each([
  ['at postgresql://u:p@ss w@h/db', 'p@ss'],
  ['postgres://u:secret@h', 'secret'],
  ['host=h password=secret user=u', 'secret'],
  ["password = 'a secret'", 'secret'],
  ['postgresql://h/db?user=u&password=secret&x=y', 'secret'],
  ["alter role u password 'secret'", 'secret'],
  ['PGPASSWORD=secret psql', 'secret'],
])('redacts %s', (text, secret) => {
  expect(redact(text)).toContain('***');
  expect(redact(text)).not.toContain(secret);
});

it('finds faults that carry findings', async () => {
  await expect(resolveConnection({ url: 'x', environment: null, env: {}, applicationName: 'test' })).rejects.toBeInstanceOf(
    DiagnosticError,
  );
});
