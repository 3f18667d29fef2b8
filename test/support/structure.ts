/** The rules of how the source is laid out, as functions from files to complaints; knows no file by name but the ones that rules except. */
import { posix } from 'node:path';
import { readSource, type SourceFile } from './source.js';

/** Each imports only from those before it. */
const ORDER = [
  'core',
  'kinds',
  'desired',
  'graph',
  'catalog',
  'scratch',
  'diff',
  'plan',
  'pull',
  'trust',
  'apply',
  'report',
  'config',
  'commands',
];
const TOP = ['src/index.ts', 'src/bin.ts'];
const REGISTRY = 'src/kinds/registry.ts';

const isTest = (path: string): boolean => path.endsWith('.test.ts');

/** "core" for src/core/json.ts; null for the files beside the folders. */
function folderOf(path: string): string | null {
  const parts = path.split('/');
  return parts.length > 2 ? (parts[1] ?? null) : null;
}

/** "table" for src/kinds/table/kind.ts; null for the shared files beside kind.ts. */
function kindFolderOf(path: string): string | null {
  const parts = path.split('/');
  return parts[1] === 'kinds' && parts.length > 3 ? (parts[2] ?? null) : null;
}

export function importDirection(files: readonly SourceFile[]): readonly string[] {
  const wrong: string[] = [];
  for (const file of files.filter(({ path }) => !isTest(path))) {
    const folder = folderOf(file.path);
    const rank = folder === null ? (TOP.includes(file.path) ? ORDER.length : -1) : ORDER.indexOf(folder);
    if (rank < 0) wrong.push(`${file.path}: not in a folder of the design, nor one of ${TOP.join(', ')}`);
    for (const target of readSource(file).imports) {
      const targetFolder = folderOf(target);
      if (!target.startsWith('src/')) wrong.push(`${file.path} imports ${target}, which is not part of src`);
      else if (targetFolder === null ? rank < ORDER.length : ORDER.indexOf(targetFolder) > rank) {
        wrong.push(`${file.path} imports ${target}, which stands below it`);
      }
      const targetKind = kindFolderOf(target);
      const mayNameKind =
        !target.startsWith('src/kinds/') || targetKind === null || file.path === REGISTRY || kindFolderOf(file.path) === targetKind;
      if (!mayNameKind) wrong.push(`${file.path} imports ${target}, the inside of a kind`);
    }
  }
  return wrong;
}

/** Cycles among files, type imports too: each is reported once, as the path that closes it. */
export function importCycles(files: readonly SourceFile[]): readonly string[] {
  const imports = new Map(files.map((file) => [file.path, readSource(file).imports]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      cycles.push([...trail.slice(at), path].join(' -> '));
      return;
    }
    if (finished.has(path)) return;
    for (const target of imports.get(path) ?? []) walk(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of imports.keys()) walk(path, []);
  return cycles;
}

/** A literal that reads like a kind's name but is another word; an entry that no longer applies is a complaint. */
export interface OtherWord {
  /** A file, or a folder with its slash. */
  readonly path: string;
  readonly word: string;
  readonly means: string;
}

/** Kinds' names outside src/kinds: as a whole literal, before the colon of an address, or in quotes within SQL. Tests may name kinds. */
export function kindNames(
  files: readonly SourceFile[],
  names: readonly string[],
  otherWords: readonly OtherWord[] = [],
): { readonly wrong: readonly string[]; readonly lookedAt: number } {
  const looked = files.filter(({ path }) => !isTest(path) && !path.startsWith('src/kinds/'));
  const either = names.join('|');
  const whole = new RegExp(`^(${either})(:|$)`);
  const quoted = new RegExp(`(?:'|")(${either})(?:'|"|:)`);
  const wrong: string[] = [];
  const used = new Set<OtherWord>();
  for (const file of looked) {
    for (const { text, line, foreign } of readSource(file).literals) {
      const name = (whole.exec(text) ?? quoted.exec(text))?.[1];
      if (name === undefined || foreign) continue;
      const other = otherWords.find(
        ({ path, word }) => (path.endsWith('/') ? file.path.startsWith(path) : path === file.path) && word === name && !text.includes(':'),
      );
      if (other) used.add(other);
      else wrong.push(`${file.path}:${line}: "${name}" is a kind's name`);
    }
  }
  const idle = otherWords.filter((word) => !used.has(word)).map(({ path, word }) => `${path}: "${word}" does not stand there any more`);
  return { wrong: [...wrong, ...idle], lookedAt: looked.length };
}

const MAX_LINES = 400;
const VAGUE = /^(utils?|helpers?|common|misc|shared|stuff)$/;

/** Length, names, the first sentence, and who may end the process. */
export function fileRules(files: readonly SourceFile[]): readonly string[] {
  const wrong: string[] = [];
  for (const file of files) {
    const lines = file.text.split('\n').length - 1;
    if (lines > MAX_LINES) wrong.push(`${file.path}: ${lines} lines, more than ${MAX_LINES}`);
    const stem = posix.basename(file.path).replace(/(\.test)?\.ts$/, '');
    if ([stem, ...posix.dirname(file.path).split('/')].some((part) => VAGUE.test(part)))
      wrong.push(`${file.path}: a name that says nothing`);
    if (!file.path.startsWith('src/')) continue;
    if (!/^(#!.*\n)?\/\*\*[\s*]+\S/.test(file.text)) wrong.push(`${file.path}: does not begin with a sentence that says what it is`);
    if (file.path !== 'src/bin.ts') for (const line of readSource(file).exits) wrong.push(`${file.path}:${line}: process.exit`);
  }
  return wrong;
}
