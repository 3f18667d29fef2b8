/** Files and folders -> the desired state: reads them, hands each to its language, and joins what they say; knows no language. */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Diagnostic } from '../core/diagnostic.js';
import { sha256 } from '../core/hash.js';
import type { StatementRule } from '../kinds/kind.js';
import type { Desired } from './declaration.js';
import { distinctDeclarations } from './duplicates.js';
import type { FileContent } from './file-content.js';
import { withoutRepeatedImplied } from './implied.js';
import { sourceText } from './source-text.js';
import { readSql, type UnaskedRule } from './sql/read.js';

export interface DesiredFile {
  readonly path: string;
  readonly text: string;
}

export interface LoadOptions {
  /** Files (.sql, .yaml, .yml) and folders, which are searched through and through. */
  readonly paths: readonly string[];
  readonly rules: readonly StatementRule[];
  /** Of kinds that are managed only when asked for. */
  readonly unasked?: readonly UnaskedRule[];
  readonly parseYaml?: (file: DesiredFile) => Promise<FileContent> | FileContent;
}

const SQL = new Set(['.sql']);
const YAML = new Set(['.yaml', '.yml']);

export async function loadDesired(options: LoadOptions): Promise<Desired> {
  const found = await findFiles(options.paths);
  const contents: FileContent[] = [];
  const files: { path: string; sha256: string }[] = [];
  for (const path of found.paths) {
    const read = await readText(path);
    if ('diagnostic' in read) {
      contents.push({ declarations: [], hints: [], diagnostics: [read.diagnostic] });
      continue;
    }
    files.push({ path, sha256: read.sha256 });
    contents.push(await readFileContent({ path, text: read.text }, options));
  }
  const distinct = distinctDeclarations(withoutRepeatedImplied(contents));
  return {
    declarations: distinct.declarations,
    hints: contents.flatMap((content) => content.hints),
    diagnostics: [...found.diagnostics, ...contents.flatMap((content) => content.diagnostics), ...distinct.diagnostics],
    files,
  };
}

/** SQL that comes from elsewhere than a file (a command's output, an editor): `path` is what findings name. */
export async function loadSqlText(file: DesiredFile, rules: readonly StatementRule[]): Promise<Desired> {
  const content = await readSql(file, rules);
  const distinct = distinctDeclarations([content]);
  return {
    declarations: distinct.declarations,
    hints: content.hints,
    diagnostics: [...content.diagnostics, ...distinct.diagnostics],
    files: [{ path: file.path, sha256: sha256(file.text) }],
  };
}

async function readFileContent(file: DesiredFile, options: LoadOptions): Promise<FileContent> {
  if (!YAML.has(extname(file.path).toLowerCase())) return readSql(file, options.rules, options.unasked);
  if (options.parseYaml) return options.parseYaml(file);
  return { declarations: [], hints: [], diagnostics: [notDesired(file.path)] };
}

/** Every file once, in the order of the paths given and by name inside folders. */
async function findFiles(
  paths: readonly string[],
): Promise<{ readonly paths: readonly string[]; readonly diagnostics: readonly Diagnostic[] }> {
  const found = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const isDesired = (path: string): boolean => SQL.has(extname(path).toLowerCase()) || YAML.has(extname(path).toLowerCase());
  for (const path of paths) {
    try {
      const kind = await stat(path);
      if (kind.isDirectory()) for (const file of await filesUnder(path, diagnostics)) if (isDesired(file)) found.add(file);
      if (kind.isDirectory()) continue;
      if (isDesired(path)) found.add(path);
      else diagnostics.push(notDesired(path));
    } catch (error) {
      diagnostics.push(unreadable(path, error));
    }
  }
  return { paths: [...found], diagnostics };
}

/** @param above real paths of the folders on the way: a link to one of them leads in a circle. */
async function filesUnder(folder: string, diagnostics: Diagnostic[], above: readonly string[] = []): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const way = [...above, await realpath(folder)];
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    // A link may lead to a folder: what it leads to counts. One that leads nowhere is reported when it is read.
    const target = entry.isSymbolicLink() ? await stat(path).catch(() => entry) : entry;
    if (entry.isSymbolicLink() && target.isDirectory() && way.includes(await realpath(path))) diagnostics.push(circle(path));
    else if (target.isDirectory()) found.push(...(await filesUnder(path, diagnostics, way)));
    else found.push(path);
  }
  return found;
}

type TextResult = { readonly text: string; readonly sha256: string } | { readonly diagnostic: Diagnostic };

async function readText(path: string): Promise<TextResult> {
  try {
    const bytes = await readFile(path);
    // A byte-order mark at the start is dropped by the decoder.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const nul = text.indexOf('\0');
    return nul === -1 ? { text, sha256: sha256(bytes) } : { diagnostic: notText(path, text, nul) };
  } catch (error) {
    if (error instanceof TypeError) {
      return {
        diagnostic: {
          code: 'SC1016',
          severity: 'error',
          summary: `file is not UTF-8: ${path}`,
          hint: `iconv -t utf-8 ${path} > NEW_FILE`,
          span: whole(path),
        },
      };
    }
    return { diagnostic: unreadable(path, error) };
  }
}

function circle(path: string): Diagnostic {
  const summary = `the link leads back to a folder that it is in: ${path}`;
  return { code: 'SC1015', severity: 'error', summary, hint: 'remove the link', span: whole(path) };
}

/** PostgreSQL has no way to hold the character, in text or in names; files of UTF-16 are full of it. */
function notText(path: string, text: string, nul: number): Diagnostic {
  const summary = 'the file is not text: it holds the character NUL';
  const span = sourceText(path, text).span(nul, nul + 1);
  return { code: 'SC1016', severity: 'error', summary, hint: 'take it out, or convert the file to UTF-8', span };
}

function unreadable(path: string, error: unknown): Diagnostic {
  const code = (error as NodeJS.ErrnoException).code;
  return {
    code: 'SC1015',
    severity: 'error',
    summary: code === 'ENOENT' ? `no such file or folder: ${path}` : `cannot read ${path}`,
    detail: error instanceof Error ? error.message : String(error),
    hint: 'correct the path',
    span: whole(path),
  };
}

function notDesired(path: string): Diagnostic {
  return {
    code: 'SC1017',
    severity: 'error',
    summary: `not a desired-state file: ${path}`,
    hint: 'name it .sql, .yaml or .yml',
    span: whole(path),
  };
}

function whole(path: string): NonNullable<Diagnostic['span']> {
  const start = { line: 1, column: 1, offset: 0 };
  return { file: path, start, end: start };
}
