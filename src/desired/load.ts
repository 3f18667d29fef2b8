/** Sources of text -> the desired state: has each file read by its language, and joins what they say; knows no language. */
import { resolve } from 'node:path';
import type { Diagnostic } from '../core/diagnostic.js';
import { sha256 } from '../core/hash.js';
import type { TextualSource } from '../core/source.js';
import type { Variables, VariableValues } from '../core/variables.js';
import type { StatementRule } from '../kinds/kind.js';
import { readCommand } from './command.js';
import type { Desired } from './declaration.js';
import { distinctDeclarations } from './duplicates.js';
import type { FileContent } from './file-content.js';
import { isYaml, notDesired, readPath } from './files.js';
import type { FoundFile, FoundFiles } from './found-files.js';
import { withoutRepeatedImplied } from './implied.js';
import { type ReadText, readText, unreadable } from './read-text.js';
import { readRevision } from './revision.js';
import { expressionProblems } from './sql/hint-expressions.js';
import { readSql, type UnaskedRule } from './sql/read.js';
import { unusedVariables } from './unused-variables.js';
import type { VariableScope } from './variables.js';

export interface DesiredFile {
  readonly path: string;
  readonly text: string;
}

export interface LoadOptions {
  /** Files (.sql, .yaml, .yml), folders, which are searched through and through, and what else gives text. */
  readonly paths: readonly TextualSource[];
  readonly rules: readonly StatementRule[];
  /** Of kinds that are managed only when asked for. */
  readonly unasked?: readonly UnaskedRule[];
  readonly parseYaml?: (file: DesiredFile, read: ReadText, scope: VariableScope) => Promise<FileContent> | FileContent;
  /** What `${name}` stands for; null or absent: nothing stands for anything else. */
  readonly variables?: Variables | null | undefined;
  /** Told of text that is in no file of this computer, so that findings can show it. */
  readonly onText?: (file: DesiredFile) => void;
  readonly signal?: AbortSignal | undefined;
}

export async function loadDesired(options: LoadOptions): Promise<Desired> {
  return desiredOf(await readDesiredFiles(options.paths, options), options);
}

/** The texts of sources, before anything is made of them; each file once. */
export async function readDesiredFiles(
  sources: readonly TextualSource[],
  { onText, signal }: Pick<LoadOptions, 'onText' | 'signal'> = {},
): Promise<FoundFiles> {
  const files = new Map<string, FoundFile>();
  const diagnostics: Diagnostic[] = [];
  for (const source of sources) {
    const found = await filesOf(source, signal);
    diagnostics.push(...found.diagnostics);
    for (const file of found.files) {
      if (typeof source !== 'string') onText?.(file);
      if (!files.has(file.path)) files.set(file.path, file);
    }
  }
  return { files: [...files.values()], diagnostics };
}

/** What the texts say together. */
export async function desiredOf(found: FoundFiles, options: Omit<LoadOptions, 'paths'>): Promise<Desired> {
  const texts = new Map(found.files.map((file) => [file.path, file]));
  const contents = new Map<string, FileContent>();
  const used = new Set<string>();
  const read = async (file: FoundFile): Promise<void> => {
    contents.set(file.path, await readFileContent(file, texts, options, used));
  };
  // YAML first: a file that it takes a body from is no desired file of its own, wherever it lies.
  for (const file of found.files) if (isYaml(file.path)) await read(file);
  const attached = new Map([...contents.values()].flatMap((content) => content.attached ?? []).map((file) => [resolve(file.path), file]));
  const own = found.files.filter((file) => !attached.has(resolve(file.path)));
  for (const file of own) if (!isYaml(file.path)) await read(file);
  const all = own.flatMap((file) => contents.get(file.path) ?? []);
  const distinct = distinctDeclarations(withoutRepeatedImplied(all));
  const hints = all.flatMap((content) => content.hints);
  return {
    declarations: distinct.declarations,
    hints,
    diagnostics: [
      ...found.diagnostics,
      ...all.flatMap((content) => content.diagnostics),
      ...distinct.diagnostics,
      ...(await expressionProblems(hints)),
      ...unusedVariables(options.variables ?? null, used),
    ],
    ...valuesOf(found.files, options.variables ?? null, used),
    files: [...own.map(recordOf), ...[...attached.values()].map((file) => recordOf(texts.get(file.path) ?? file))],
  };
}

/** Those that the files use, where files can use any. */
function valuesOf(files: readonly FoundFile[], variables: Variables | null, used: ReadonlySet<string>): Pick<Desired, 'variables'> {
  const own = files.flatMap((file) => (file.variables ? [file.variables] : []));
  const known = [...(variables === null ? [] : [variables]), ...own];
  if (known.length === 0) return {};
  const values = [...used].sort().flatMap((name) =>
    known
      .flatMap((each) => each.get(name)?.value ?? [])
      .slice(0, 1)
      .map((value) => [name, value] as const),
  );
  return { variables: Object.fromEntries(values) satisfies VariableValues };
}

function recordOf({ path, sha256: digest, commit }: Omit<FoundFile, 'text'>): Desired['files'][number] {
  return { path, sha256: digest, ...(commit === undefined ? {} : { commit }) };
}

function filesOf(source: TextualSource, signal: AbortSignal | undefined): Promise<FoundFiles> | FoundFiles {
  if (typeof source === 'string') return readPath(source);
  if (source.from === 'command') return readCommand(source, signal);
  if (source.from === 'git') return readRevision(source);
  const { path, text, commit } = source;
  const { variables = null } = source;
  const file: FoundFile = {
    path,
    text,
    sha256: sha256(text),
    beside: nothingBeside,
    variables,
    ...(commit === undefined ? {} : { commit }),
  };
  return { files: [file], diagnostics: [] };
}

/** Of text that is at hand, other files are too, or nowhere. */
const nothingBeside: ReadText = async (path) => ({
  diagnostic: unreadable(path, Object.assign(new Error('not found'), { code: 'ENOENT' })),
});

/** What a file names beside itself is read from where it comes from itself. */
async function readFileContent(
  file: FoundFile,
  texts: ReadonlyMap<string, FoundFile>,
  options: Omit<LoadOptions, 'paths'>,
  used: Set<string>,
): Promise<FileContent> {
  const scope = { variables: (file.variables === undefined ? options.variables : file.variables) ?? null, used };
  if (!isYaml(file.path)) return readSql(file, options.rules, options.unasked, scope);
  const beside: ReadText = async (path) => texts.get(path) ?? (file.beside ?? readText)(path);
  if (options.parseYaml) return options.parseYaml(file, beside, scope);
  return { declarations: [], hints: [], diagnostics: [notDesired(file.path)] };
}
