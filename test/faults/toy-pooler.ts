/** A pooler in transaction mode with two server sessions: as much of one as it takes to see what an apply does behind it. */
import { createServer, type Socket } from 'node:net';
import { dialServer, listen } from '../support/wire.js';
import { type Frame, Framer, isEncryptionRequest, readyStatus } from '../support/wire-messages.js';

export interface Pooler {
  url(database: string): string;
  close(): Promise<void>;
}

interface Backend {
  readonly socket: Socket;
  /** What the server said at the start of the session: every client hears it again. */
  readonly greeting: Frame[];
  client: Socket | null;
}

/** The server must let the user in without a password. */
export async function openPooler(target: string, database: string): Promise<Pooler> {
  const upstream = new URL(target);
  const user = upstream.username || 'postgres';
  const backends = await Promise.all([1, 2].map(() => connect(upstream, user, database)));
  // The session that was used longest ago comes next, so that transactions of one client do change sessions.
  const free = [...backends];
  const waiting: ((backend: Backend) => void)[] = [];
  const take = (): Promise<Backend> => {
    const backend = free.shift();
    return backend ? Promise.resolve(backend) : new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = (backend: Backend): void => {
    backend.client = null;
    const next = waiting.shift();
    if (next) next(backend);
    else free.push(backend);
  };
  for (const backend of backends) {
    const answers = new Framer(false);
    backend.socket.on('data', (chunk: Buffer) => {
      for (const frame of answers.push(chunk)) {
        backend.client?.write(frame.bytes);
        if (readyStatus(frame) === 'I') giveBack(backend);
      }
    });
  }
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    const messages = new Framer(true);
    let chain: Promise<void> = Promise.resolve();
    const handle = async (frame: Frame): Promise<void> => {
      if (isEncryptionRequest(frame)) client.write('N');
      else if (frame.type === '') client.write(Buffer.concat((backends[0] as Backend).greeting.map(({ bytes }) => bytes)));
      else if (frame.type === 'X') client.end();
      else {
        const mine = backends.find((backend) => backend.client === client) ?? (await take());
        mine.client = client;
        mine.socket.write(frame.bytes);
      }
    };
    client.on('data', (chunk) => {
      for (const frame of messages.push(chunk)) chain = chain.then(() => handle(frame));
    });
    client.on('error', () => undefined);
    client.on('close', () => clients.delete(client));
  });
  const port = await listen(server);
  return {
    url: () => `postgresql://${user}@127.0.0.1:${port}/${database}?sslmode=disable`,
    async close() {
      for (const socket of [...clients, ...backends.map(({ socket }) => socket)]) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One session, up to its first ReadyForQuery. */
function connect(upstream: URL, user: string, database: string): Promise<Backend> {
  return new Promise((resolve, reject) => {
    const socket = dialServer(upstream);
    const greeting: Frame[] = [];
    const framer = new Framer(false);
    const parameters = Buffer.from(`user\0${user}\0database\0${database}\0\0`);
    const head = Buffer.alloc(8);
    head.writeInt32BE(head.length + parameters.length, 0);
    head.writeInt32BE(196608, 4);
    socket.on('error', reject);
    socket.write(Buffer.concat([head, parameters]));
    const listenTo = (chunk: Buffer): void => {
      for (const frame of framer.push(chunk)) {
        greeting.push(frame);
        if (frame.type === 'E') reject(new Error(frame.bytes.toString('utf8', 5)));
        if (readyStatus(frame) === null) continue;
        socket.off('data', listenTo);
        resolve({ socket, greeting, client: null });
      }
    };
    socket.on('data', listenTo);
  });
}
