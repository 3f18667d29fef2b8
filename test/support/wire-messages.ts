/** The frames of PostgreSQL's protocol 3, as far as one must read them to stand between a client and a server; does no I/O. */

export interface Frame {
  /** The type byte as a character; '' for the first message of a connection, which has none. */
  readonly type: string;
  /** With its head, as it goes over the wire. */
  readonly bytes: Buffer;
}

export const SSL_REQUEST = 80877103;
export const GSS_REQUEST = 80877104;
export const CANCEL_REQUEST = 80877102;

/** Cuts a stream of bytes into messages. `startsBare`: the first message has no type byte, as a client's has not. */
export class Framer {
  private rest: Buffer = Buffer.alloc(0);

  constructor(private startsBare: boolean) {}

  push(chunk: Buffer): readonly Frame[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const frames: Frame[] = [];
    for (;;) {
      const head = this.startsBare ? 0 : 1;
      if (this.rest.length < head + 4) return frames;
      const size = head + this.rest.readInt32BE(head);
      if (this.rest.length < size) return frames;
      const bytes = this.rest.subarray(0, size);
      this.rest = this.rest.subarray(size);
      const frame = { type: head === 0 ? '' : String.fromCharCode(bytes[0] as number), bytes };
      frames.push(frame);
      // After a request for encryption that is refused, another message without a type follows.
      if (this.startsBare && !isEncryptionRequest(frame)) this.startsBare = false;
    }
  }
}

export function requestCode(frame: Frame): number {
  return frame.bytes.readInt32BE(4);
}

export function isEncryptionRequest(frame: Frame): boolean {
  return frame.type === '' && [SSL_REQUEST, GSS_REQUEST].includes(requestCode(frame));
}

/** The parameters of a startup message: user, database, application_name … */
export function startupParameters(frame: Frame): Readonly<Record<string, string>> {
  const parts = frame.bytes.subarray(8).toString('utf8').split('\0');
  const result: Record<string, string> = {};
  for (let at = 0; at + 1 < parts.length && parts[at] !== ''; at += 2) result[parts[at] as string] = parts[at + 1] as string;
  return result;
}

/** The text of a Query or Parse message. */
export function sqlOf(frame: Frame): string | null {
  if (frame.type === 'Q') return untilZero(frame.bytes, 5);
  if (frame.type !== 'P') return null;
  return untilZero(frame.bytes, frame.bytes.indexOf(0, 5) + 1);
}

function untilZero(bytes: Buffer, from: number): string {
  return bytes.toString('utf8', from, bytes.indexOf(0, from));
}

/** A client's message after which it waits for ReadyForQuery: a simple query, or the Sync that ends an extended one. */
export function endsRequest(frame: Frame): boolean {
  return frame.type === 'Q' || frame.type === 'S';
}

/** 'I' idle, 'T' in a transaction, 'E' in a failed one; null for any message but ReadyForQuery. */
export function readyStatus(frame: Frame): string | null {
  return frame.type === 'Z' ? String.fromCharCode(frame.bytes[5] as number) : null;
}
