/** Throw-away PostgreSQL servers from the programs that optional packages bring; knows nothing of what is run in them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, constants, readFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { cacheDirectory } from './cache-directory.js';
import { embeddedPackage, usableBinaries } from './embedded-binaries.js';
import { serverRecord, sweepServers } from './embedded-sweep.js';
import { dataTemplate, dropTemplate } from './embedded-template.js';
import { memoryFolder } from './memory-folder.js';
import { canEnter, ownFolder, type ServerUser, serverEnvironment, serverUser } from './server-user.js';

export { embeddedExtensions, embeddedMajors } from './embedded-binaries.js';

export interface EmbeddedOptions {
  readonly major: number;
  /** Folder to put the server's own folder in; default: one of ours in the system's folder for temporary files. */
  readonly directory?: string;
  /** Default: cacheDirectory(). As root a folder that the server's user can enter is taken instead where that one is not. */
  readonly cacheDir?: string;
  /** Also listen on 127.0.0.1, with a password that is in `url`; default: socket only. */
  readonly port?: number | 'free';
  /** Server settings beyond ours, e.g. { wal_level: 'logical' }. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedServer {
  /** Connects as superuser `postgres` to database `postgres`: through the socket, or over TCP when a port was asked for. */
  readonly url: string;
  readonly socketDir: string;
  readonly port: number;
  readonly major: number;
  /** Stops the server at once and removes its folder; may be called twice. Happens by itself when our process ends, however it ends. */
  stop(): Promise<void>;
}

/** For a server whose data nobody needs after a crash, used by few connections, with very many objects in one transaction. */
const SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  jit: 'off',
  shared_buffers: '64MB',
  max_connections: '50',
  max_locks_per_transaction: '1024',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  // Shared memory as files in the data directory, so that nothing of it can be left behind.
  dynamic_shared_memory_type: 'mmap',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_min_messages: 'fatal',
  logging_collector: 'off',
};

/**
 * Runs as the server's user, and is what keeps a server from outliving us: it waits for the end of its standard input, a pipe whose
 * other end only we hold and that the system closes when we are gone, even by SIGKILL. Then: immediate shutdown, and everything removed.
 * Arguments: the server's folder, its template, our record, the program with its arguments.
 */
const SUPERVISOR = `
umask 077
directory=$1 template=$2 record=$3; shift 3
exec 3<&0 </dev/null
mkdir "$directory" && printf '%s' "$record" >"$directory/process" && cp -R "$template" "$directory/data" || { rm -rf "$directory"; exit 1; }
"$@" >"$directory/log" 2>&1 3<&- &
server=$!
{ read -r _ <&3; kill -QUIT "$server"; } >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$server"; code=$?
if kill "$watch" 2>/dev/null; then tail -n 20 "$directory/log" >&2; fi
rm -rf "$directory"
exit "$code"
`;

/** Starts a server of this major. The first start on a machine makes a template (under a second), later ones copy it (60 ms). */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const found = embeddedPackage(options.major);
  const user = await serverUser();
  const cacheDir = await reachableCache(user, options.cacheDir ?? cacheDirectory());
  const native = await usableBinaries(found, user, cacheDir);
  const parent = await serversFolder(user, options.directory);
  await sweepServers(parent, user);
  for (let attempt = 0; ; attempt += 1) {
    const template = await dataTemplate(found, native, user, cacheDir);
    try {
      return await startFrom(template, native, parent, user, options);
    } catch (error) {
      // Once more with a new template and, where it is ours to choose, another port.
      if (attempt > 0 || typeof options.port === 'number') throw error;
      await dropTemplate(template, user);
    }
  }
}

async function startFrom(
  template: string,
  native: string,
  parent: string,
  user: ServerUser,
  options: EmbeddedOptions,
): Promise<EmbeddedServer> {
  const directory = join(parent, randomBytes(4).toString('hex'));
  const port = options.port === 'free' ? await freePort() : (options.port ?? 5432);
  const settings = { ...SETTINGS, ...options.settings };
  const program = [join(native, 'bin/postgres'), '-D', join(directory, 'data'), '-p', String(port)];
  program.push('-h', options.port === undefined ? '' : '127.0.0.1', '-k', `"${directory.replaceAll('"', '""')}"`);
  for (const [name, value] of Object.entries(settings)) program.push('-c', `${name}=${value}`);
  // In a session of its own: an interrupt typed at our terminal is for us alone.
  const supervisor = spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', directory, template, await serverRecord(), ...program], {
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    ...user.ids,
  });
  const ended = new Promise<string>((resolve) => {
    let output = '';
    supervisor.stderr.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
    });
    supervisor.once('error', (error) => resolve(error.message));
    supervisor.once('close', (code, signal) => resolve(output.trim() || `ended with ${signal ?? code}`));
  });
  supervisor.stdin.on('error', () => undefined);
  await ready(directory, ended, options.major);
  // It must not keep our process alive.
  supervisor.unref();
  (supervisor.stdin as Socket).unref();
  (supervisor.stderr as Socket).unref();
  const stop = () => stopServer(supervisor, ended);
  const socketUrl = `postgresql://postgres@localhost:${port}/postgres?host=${encodeURIComponent(directory)}`;
  const server = { socketDir: directory, port, major: options.major, stop };
  if (options.port === undefined) return { ...server, url: socketUrl };
  try {
    const password = await givePassword(socketUrl);
    return { ...server, url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres` };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ends the supervisor's input and waits until it has stopped the server and removed the folder. */
async function stopServer(supervisor: ChildProcess, ended: Promise<string>): Promise<void> {
  supervisor.ref();
  (supervisor.stderr as Socket).ref();
  supervisor.stdin?.end();
  await ended;
}

/** Waits for the last line of postmaster.pid, as pg_ctl does: connecting would only add failures to tell apart. */
async function ready(directory: string, ended: Promise<string>, major: number): Promise<void> {
  let end: string | null = null;
  void ended.then((reason) => {
    end = reason;
  });
  const deadline = Date.now() + 60_000;
  while (end === null && Date.now() < deadline) {
    const lines = await readFile(join(directory, 'data/postmaster.pid'), 'utf8').catch(() => '');
    if (lines.split('\n')[7]?.trim() === 'ready') return;
    await new Promise((done) => setTimeout(done, 5));
  }
  throw new Error(`embedded PostgreSQL ${major} did not start: ${end ?? 'not ready after 60 s'}`);
}

async function givePassword(url: string): Promise<string> {
  const password = randomBytes(24).toString('hex');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`alter role postgres password '${password}'`);
  } finally {
    await client.end();
  }
  return password;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}

/**
 * The cache folder; where it cannot be used (a read-only home, or as root one that the server's user cannot enter), one of ours among the
 * temporary files.
 */
async function reachableCache(user: ServerUser, wanted: string): Promise<string> {
  const us: ServerUser = { uid: process.getuid?.() ?? -1, ids: undefined };
  const mode = user.ids ? 0o755 : 0o700;
  const folder = await ownFolder(wanted, us, mode).catch(() => null);
  if (folder !== null && (await isWritable(folder)) && (!user.ids || (await canEnter(user, folder)))) return folder;
  return ownFolder(join(await temporary(user), `schemactl-cache-${us.uid}`), us, mode);
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function serversFolder(user: ServerUser, directory: string | undefined): Promise<string> {
  const folder = await ownFolder(
    directory ?? (await memoryFolder(user.uid)) ?? join(await temporary(user), `schemactl-${user.uid}`),
    user,
    0o700,
  );
  // sun_path holds 104 bytes on macOS and 108 on Linux: "/12345678/.s.PGSQL.12345" must fit behind.
  if (Buffer.byteLength(folder) > 78) throw new Error(`${folder} is too long a path for the socket of a server`);
  return folder;
}

/** The system's folder for temporary files, or /tmp where that one is too deep for a socket or closed to the server's user. */
async function temporary(user: ServerUser): Promise<string> {
  const folder = tmpdir();
  const usable = Buffer.byteLength(folder) < 58 && (!user.ids || (await canEnter(user, folder)));
  return usable ? folder : '/tmp';
}
