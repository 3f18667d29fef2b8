/** A program that prints desired SQL -> its text; knows nothing of what the text says. */
import { spawn } from 'node:child_process';
import type { Diagnostic } from '../core/diagnostic.js';
import type { CommandSource } from '../core/source.js';
import type { FoundFiles } from './found-files.js';
import { decodeText, whole } from './read-text.js';

const MAX_BYTES = 64 * 1024 * 1024;
/** What is kept of the standard error, for the user to see when the program fails. */
const MAX_ERROR_LINES = 40;

interface Ended {
  readonly code: number | null;
  readonly reason: string | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The program may end with success only, in time, and has to print something: nothing would mean that everything is to go. */
export async function readCommand(source: CommandSource, signal?: AbortSignal): Promise<FoundFiles> {
  const ended = await run(source, signal);
  const failed = (summary: string, hint: string, detail = lastLines(ended.stderr)): FoundFiles => ({
    files: [],
    diagnostics: [fault(source, summary, hint, detail)],
  });
  if (ended.reason !== null) return failed(`the command ${ended.reason}`, 'run it by hand, in the same folder');
  if (ended.code !== 0) return failed(`the command ended with exit code ${ended.code}`, 'run it by hand, in the same folder');
  const decoded = decodeText(source.name, ended.stdout);
  if ('diagnostic' in decoded) return { files: [], diagnostics: [decoded.diagnostic] };
  if (decoded.text.trim() === '') {
    return failed('the command printed nothing on standard output', 'have it print the SQL of the whole schema, on standard output');
  }
  return { files: [{ path: source.name, text: decoded.text, sha256: decoded.sha256, variables: null }], diagnostics: [] };
}

function run({ argv, folder, timeout_ms }: CommandSource, signal?: AbortSignal): Promise<Ended> {
  const [program = '', ...rest] = argv;
  return new Promise((resolve) => {
    // A group of its own, so that what the program starts (npx does) ends with it.
    const child = spawn(program, rest, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
    const output: Buffer[] = [];
    let size = 0;
    let stderr = '';
    let reason: string | null = null;
    const stop = (why: string): void => {
      reason ??= why;
      try {
        if (process.platform !== 'win32' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // It is gone already.
      }
    };
    const timer = setTimeout(() => stop(`did not end within ${timeout_ms / 1000} s`), timeout_ms);
    const abort = (): void => stop('was interrupted');
    signal?.addEventListener('abort', abort);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BYTES) stop(`printed more than ${MAX_BYTES / 1024 / 1024} MiB`);
      else output.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = lastLines(stderr + text);
    });
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve({ code, reason, stdout: Buffer.concat(output), stderr });
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      reason ??= error.code === 'ENOENT' ? `cannot be started: there is no program ${program}` : `cannot be started: ${error.message}`;
      finish(null);
    });
    child.once('close', (code, ended) => {
      if (ended !== null) reason ??= `was ended by ${ended}`;
      finish(code);
    });
    if (signal?.aborted) abort();
  });
}

function lastLines(text: string): string {
  return text.split('\n').slice(-MAX_ERROR_LINES).join('\n');
}

function fault(source: CommandSource, summary: string, hint: string, detail: string): Diagnostic {
  const words = detail.trim();
  return { code: 'SC1070', severity: 'error', summary, ...(words === '' ? {} : { detail: words }), hint, span: whole(source.name) };
}
