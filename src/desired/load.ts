/** Files and folders -> the desired state: reads them, hands each to its language, and joins what they say; knows no language. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { Diagnostic } from '../core/diagnostic.js';
import { sha256 } from '../core/hash.js';
import type { StatementRule } from '../kinds/kind.js';
import type { Desired } from './declaration.js';
import { distinctDeclarations } from './duplicates.js';
import type { FileContent } from './file-content.js';
import { withoutRepeatedImplied } from './implied.js';
import { type ReadText, readText, unreadable, whole } from './read-text.js';
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
  readonly parseYaml?: (file: DesiredFile, read: ReadText) => Promise<FileContent> | FileContent;
}

const SQL = new Set(['.sql']);
const YAML = new Set(['.yaml', '.yml']);

export async function loadDesired(options: LoadOptions): Promise<Desired> {
  const found = await findFiles(options.paths);
  const read = new Map<string, LoadedFile>();
  // YAML first: a file that it takes a body from is no desired file of its own, wherever it lies.
  const isYaml = (path: string): boolean => YAML.has(extname(path).toLowerCase());
  for (const path of found.paths.filter(isYaml)) read.set(path, await loadFile(path, options));
  const attached = new Map([...read.values()].flatMap(({ content }) => content.attached ?? []).map((file) => [resolve(file.path), file]));
  const own = found.paths.filter((path) => !attached.has(resolve(path)));
  for (const path of own.filter((other) => !isYaml(other))) read.set(path, await loadFile(path, options));
  const loaded = own.flatMap((path) => read.get(path) ?? []);
  const contents = loaded.map(({ content }) => content);
  const distinct = distinctDeclarations(withoutRepeatedImplied(contents));
  return {
    declarations: distinct.declarations,
    hints: contents.flatMap((content) => content.hints),
    diagnostics: [...found.diagnostics, ...contents.flatMap((content) => content.diagnostics), ...distinct.diagnostics],
    files: [...loaded.flatMap(({ file }) => file ?? []), ...attached.values()],
  };
}

interface LoadedFile {
  /** null: it could not be read. */
  readonly file: Desired['files'][number] | null;
  readonly content: FileContent;
}

async function loadFile(path: string, options: LoadOptions): Promise<LoadedFile> {
  const read = await readText(path);
  if ('diagnostic' in read) return { file: null, content: { declarations: [], hints: [], diagnostics: [read.diagnostic] } };
  return { file: { path, sha256: read.sha256 }, content: await readFileContent({ path, text: read.text }, options) };
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
  if (options.parseYaml) return options.parseYaml(file, readText);
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

function circle(path: string): Diagnostic {
  const summary = `the link leads back to a folder that it is in: ${path}`;
  return { code: 'SC1015', severity: 'error', summary, hint: 'remove the link', span: whole(path) };
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
