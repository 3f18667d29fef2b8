/** libpq's sslmode as node's TLS options, with libpq's meanings; knows nothing of databases. */
import { existsSync, readFileSync } from 'node:fs';
import { createConnection, isIP } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { nearest } from '../core/suggest.js';
import { type ConnectionParameters, ConninfoError } from './conninfo.js';

const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

/**
 * False, or how to encrypt. `require` encrypts without checking who answers, except where a root certificate is at hand, as libpq does;
 * `verify-ca` checks the chain, `verify-full` the host name too. Sockets are never encrypted.
 */
export async function tlsOptions(parameters: ConnectionParameters, host: string, port: number): Promise<false | ConnectionOptions> {
  const mode = parameters.sslmode ?? (parameters.sslrootcert === 'system' ? 'verify-full' : 'prefer');
  if (!MODES.includes(mode)) {
    const meant = nearest(mode, MODES);
    throw new ConninfoError(`sslmode ${mode} does not exist${meant ? `; did you mean ${meant}?` : `; it is one of ${MODES.join(', ')}`}`);
  }
  if (host.startsWith('/') || mode === 'disable') return false;
  if ((mode === 'prefer' || mode === 'allow') && !(await offersTls(parameters.hostaddr ?? host, port))) return false;
  const folder = join(homedir(), '.postgresql');
  const ca = rootCertificates(parameters.sslrootcert, folder);
  const verify = mode === 'verify-ca' || mode === 'verify-full' || (mode === 'require' && ca !== undefined);
  return {
    rejectUnauthorized: verify,
    ...(ca === undefined ? {} : { ca }),
    ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...clientCertificate(parameters, folder),
  };
}

/** Text of the root certificates, or undefined for those that node ships. */
function rootCertificates(given: string | undefined, folder: string): string | undefined {
  if (given === 'system') return undefined;
  const file = given ?? join(folder, 'root.crt');
  if (given === undefined && !existsSync(file)) return undefined;
  return read(file, 'root certificate');
}

function clientCertificate(parameters: ConnectionParameters, folder: string): ConnectionOptions {
  const cert = parameters.sslcert ?? join(folder, 'postgresql.crt');
  const key = parameters.sslkey ?? join(folder, 'postgresql.key');
  if (parameters.sslcert === undefined && !existsSync(cert)) return {};
  return {
    cert: read(cert, 'client certificate'),
    key: read(key, 'client key'),
    ...(parameters.sslpassword === undefined ? {} : { passphrase: parameters.sslpassword }),
  };
}

function read(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConninfoError(`cannot read the ${what}: ${(error as Error).message}`);
  }
}

/** SSLRequest: length 8, then 1234 and 5679 in the place of a protocol version; the server answers 'S' or 'N'. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const PROBE_MS = 5_000;

/**
 * Asks the server whether it speaks TLS: libpq's `prefer` falls back to plain text when it does not, which node-postgres cannot.
 * No answer counts as no: connecting then says why.
 */
function offersTls(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PROBE_MS, () => done(false));
    socket.once('connect', () => socket.write(SSL_REQUEST));
    socket.once('data', (data) => done(data[0] === 0x53));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
  });
}
