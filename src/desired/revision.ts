/** A file or folder as a revision of git has it -> its text, by git itself; knows no language, and changes nothing in the checkout. */
import { spawn } from 'node:child_process';
import type { Diagnostic } from '../core/diagnostic.js';
import { type GitSource, sourceName } from '../core/source.js';
import { isDesiredFile, notDesired } from './files.js';
import type { FoundFile, FoundFiles } from './found-files.js';
import { decodeText, type ReadText, whole } from './read-text.js';

const LINK = '120000';

interface Entry {
  readonly mode: string;
  readonly id: string;
  readonly path: string;
}

/** Files are called "main:schemas/app.sql". */
export async function readRevision(source: GitSource): Promise<FoundFiles> {
  const { folder, revision, path } = source;
  try {
    // What begins with a dash is a revision nevertheless.
    const commit = (await git(folder, ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])).toString().trim();
    const from = { commit, beside: beside(folder, commit, revision) };
    const place = path === '' || path === '.' ? './' : `./${path}`;
    const isFolder = (await git(folder, ['cat-file', '-t', `${commit}:${place}`])).toString().trim() === 'tree';
    if (!isFolder) {
      const name = `${revision}:${path}`;
      if (!isDesiredFile(path)) return { files: [], diagnostics: [notDesired(name)] };
      return found([read(name, await git(folder, ['cat-file', 'blob', `${commit}:${place}`]), from)], []);
    }
    const entries = (await entriesOf(folder, `${commit}:${place}`)).filter((entry) => isDesiredFile(entry.path));
    const links = entries.filter(({ mode }) => mode === LINK);
    const blobs = entries.filter(({ mode }) => mode !== LINK);
    const contents = await blobsOf(folder, blobs);
    const inside = path === '' || path === '.' ? '' : `${path.replace(/\/+$/, '')}/`;
    const name = (entry: Entry): string => `${revision}:${inside}${entry.path}`;
    return found(
      blobs.map((entry, index) => read(name(entry), contents[index] ?? Buffer.alloc(0), from)),
      links.map((entry) => fault(name(entry), 'a symbolic link is not followed in a revision of git', 'name the file that it leads to')),
    );
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const summary = `git cannot read ${path === '' ? 'the folder' : path} of ${revision}`;
    return found([], [fault(sourceName(source), summary, 'correct the revision and the path: git:REVISION:PATH', error.message)]);
  }
}

type Read = FoundFile | Diagnostic;

/** Files beside one, by the names that findings use: "main:schemas/body.sql". */
function beside(folder: string, commit: string, revision: string): ReadText {
  return async (path) => {
    try {
      return decodeText(path, await git(folder, ['cat-file', 'blob', `${commit}:./${path.slice(revision.length + 1)}`]));
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      return { diagnostic: fault(path, `git cannot read ${path}`, 'correct the path', error.message) };
    }
  };
}

function read(path: string, bytes: Buffer, from: Pick<FoundFile, 'commit' | 'beside'>): Read {
  const decoded = decodeText(path, bytes);
  return 'diagnostic' in decoded ? decoded.diagnostic : { path, ...decoded, ...from };
}

function found(reads: readonly Read[], diagnostics: readonly Diagnostic[]): FoundFiles {
  const files = reads.filter((each): each is FoundFile => 'text' in each);
  return { files, diagnostics: [...diagnostics, ...reads.filter((each): each is Diagnostic => 'code' in each)] };
}

/** Blobs below a tree, by name. */
async function entriesOf(folder: string, tree: string): Promise<readonly Entry[]> {
  const listed = (await git(folder, ['ls-tree', '-r', '-z', tree])).toString();
  return listed.split('\0').flatMap((line) => {
    const match = /^(\d+) blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line);
    return match ? [{ mode: match[1] as string, id: match[2] as string, path: match[3] as string }] : [];
  });
}

/** All of them by one process: "ID blob SIZE", a line feed, the bytes, a line feed. */
async function blobsOf(folder: string, entries: readonly Entry[]): Promise<readonly Buffer[]> {
  if (entries.length === 0) return [];
  const output = await git(folder, ['cat-file', '--batch'], entries.map(({ id }) => `${id}\n`).join(''));
  const blobs: Buffer[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const size = Number(output.subarray(at, end).toString().split(' ')[2]);
    blobs.push(output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return blobs;
}

class GitFailure extends Error {}

function git(folder: string, args: readonly string[], input = ''): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-C', folder, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(new GitFailure(error.code === 'ENOENT' ? 'git is not installed' : error.message)),
    );
    child.once('close', (code) => (code === 0 ? resolve(Buffer.concat(output)) : reject(new GitFailure(errors.trim()))));
    // A git that has ended already says by its exit code why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function fault(name: string, summary: string, hint: string, detail?: string): Diagnostic {
  return { code: 'SC1071', severity: 'error', summary, ...(detail ? { detail } : {}), hint, span: whole(name) };
}
