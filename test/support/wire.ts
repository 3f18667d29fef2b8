/**
 * A proxy in front of PostgreSQL at which a test stops a client at a chosen statement: before the server gets it, while the server runs
 * it, or when the server has answered and the client does not know yet. Knows the protocol and nothing of schemactl.
 */
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import {
  CANCEL_REQUEST,
  endsRequest,
  type Frame,
  Framer,
  isEncryptionRequest,
  requestCode,
  sqlOf,
  startupParameters,
} from './wire-messages.js';

/** One request of a client up to the ReadyForQuery that answers it. */
export interface Exchange {
  /** The connection's name. */
  readonly session: string;
  readonly sql: string;
  /** How many requests with this text came before from sessions of this name: 0 for the first. */
  readonly occurrence: number;
}

export type Moment = 'before' | 'sent' | 'answered';

/** 'cut' ends both sides of this connection without a word; whatever else is given, the message goes on. */
export type Answer = 'cut' | undefined;

/** Called at every moment of every exchange; the connection waits for it. */
export type Watcher = (exchange: Exchange, moment: Moment) => Answer | Promise<Answer>;

export interface Wire {
  /** For this database, without TLS. */
  url(database: string): string;
  /** Everything that was asked so far, in order. */
  readonly exchanges: readonly Exchange[];
  /** Replaces the watcher. */
  watch(watcher: Watcher): void;
  /** Ends connections whose name passes. */
  cut(which: (session: string) => boolean): void;
  /** New connections are closed at once while it is on. */
  refuse(on: boolean): void;
  /** While it is on, a client that goes leaves its server connection open: as when its whole machine is gone. */
  orphan(on: boolean): void;
  close(): Promise<void>;
}

/**
 * `target`: URL of the server; its user and password are what the proxy's own URLs have. `nameOf`: what a connection is called, by its
 * application_name, so that the same part of another run has the same name.
 */
export async function openWire(target: string, nameOf: (application: string) => string = (name) => name): Promise<Wire> {
  const upstream = new URL(target);
  const links = new Set<Link>();
  const exchanges: Exchange[] = [];
  let watcher: Watcher = () => undefined;
  let isRefusing = false;
  let isOrphaning = false;
  const server = createServer((client) => {
    if (isRefusing) {
      client.destroy();
      return;
    }
    const link = new Link(client, dialServer(upstream), {
      seen(session, sql) {
        const occurrence = exchanges.filter((other) => other.sql === sql && other.session === session).length;
        const exchange = { session, sql, occurrence };
        exchanges.push(exchange);
        return exchange;
      },
      at: async (exchange, moment) => watcher(exchange, moment),
      nameOf,
      isOrphaning: () => isOrphaning,
      ended: () => links.delete(link),
    });
    links.add(link);
  });
  const port = await listen(server);
  return {
    exchanges,
    url(database) {
      const url = new URL(`postgresql://127.0.0.1:${port}/${database}?sslmode=disable`);
      [url.username, url.password] = [upstream.username, upstream.password];
      return url.href;
    },
    watch(next) {
      watcher = next;
    },
    cut(which) {
      for (const link of links) if (which(link.session)) link.cut();
    },
    refuse(on) {
      isRefusing = on;
    },
    orphan(on) {
      isOrphaning = on;
    },
    async close() {
      for (const link of links) link.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Opens a connection to the server that a URL names; libpq's way of naming a folder with a socket included. */
export function dialServer(url: URL): Socket {
  const folder = url.searchParams.get('host');
  const port = Number(url.port || 5432);
  return folder?.startsWith('/') ? dial({ path: join(folder, `.s.PGSQL.${port}`) }) : dial({ host: folder ?? url.hostname, port });
}

export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
    });
  });
}

interface LinkEvents {
  seen(session: string, sql: string): Exchange;
  at(exchange: Exchange, moment: Moment): Promise<Answer>;
  nameOf(application: string): string;
  isOrphaning(): boolean;
  ended(): void;
}

/** One client connection and its server connection. Both directions are handled strictly in order. */
class Link {
  session = '';
  private isReady = false;
  private readonly request: Frame[] = [];
  private readonly response: Frame[] = [];
  private readonly pending: Exchange[] = [];

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly events: LinkEvents,
  ) {
    const fromClient = new Framer(true);
    const fromServer = new Framer(false);
    let [asking, answering]: Promise<void>[] = [Promise.resolve(), Promise.resolve()];
    client.setNoDelay(true);
    client.on('data', (chunk) => {
      for (const frame of fromClient.push(chunk)) asking = asking?.then(() => this.fromClient(frame));
    });
    server.on('data', (chunk) => {
      for (const frame of fromServer.push(chunk)) answering = answering?.then(() => this.fromServer(frame));
    });
    // A killed process closes its sockets; the server must see exactly that.
    client.on('close', () => {
      if (!events.isOrphaning()) this.cut();
    });
    server.on('end', () => void answering?.then(() => this.flush()).then(() => client.end()));
    for (const socket of [client, server]) socket.on('error', () => undefined);
    server.on('close', () => void answering?.then(() => this.cut()));
  }

  cut(): void {
    this.client.destroy();
    this.server.destroy();
    this.events.ended();
  }

  private async fromClient(frame: Frame): Promise<void> {
    if (isEncryptionRequest(frame)) {
      this.client.write('N');
      return;
    }
    if (frame.type === '') {
      if (requestCode(frame) !== CANCEL_REQUEST) this.session = this.events.nameOf(startupParameters(frame).application_name ?? '');
      this.server.write(frame.bytes);
      return;
    }
    this.request.push(frame);
    // Passwords and the end of the connection belong to no exchange.
    if (!this.isReady || frame.type === 'X') this.send(this.request, this.server);
    else if (endsRequest(frame)) {
      const sql = this.request.map(sqlOf).find((text) => text !== null) ?? '';
      const exchange = this.events.seen(this.session, sql);
      if ((await this.events.at(exchange, 'before')) === 'cut') return this.cut();
      this.pending.push(exchange);
      this.send(this.request, this.server);
      if ((await this.events.at(exchange, 'sent')) === 'cut') this.cut();
    }
  }

  /** An answer goes on whole, so that a client either has all of it or nothing. */
  private async fromServer(frame: Frame): Promise<void> {
    this.response.push(frame);
    if (frame.type === 'Z') {
      const exchange = this.pending.shift();
      if (exchange && (await this.events.at(exchange, 'answered')) === 'cut') return this.cut();
      this.isReady = true;
      this.flush();
    } else if (!this.isReady) this.flush();
  }

  private flush(): void {
    this.send(this.response, this.client);
  }

  private send(frames: Frame[], to: Socket): void {
    if (to.writable) to.write(Buffer.concat(frames.map(({ bytes }) => bytes)));
    frames.length = 0;
  }
}
