/** Source files as data for the structure test: their imports and literals, from a syntax tree; judges nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file below these folders, sorted by path. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => posix.join(folder, name.replaceAll('\\', '/'))),
    )
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** A string as it stands in a file: a literal, or one part of a template. */
export interface Literal {
  readonly text: string;
  readonly line: number;
  /** Another vocabulary by its place: compared with a typeof, a member of a type (`Plan['policy']`), or a NameRef's `space`. */
  readonly foreign: boolean;
}

export interface ReadSource {
  /** Relative imports and exports, resolved to the TypeScript file. */
  readonly imports: readonly string[];
  readonly literals: readonly Literal[];
  /** Lines that mention process.exit. */
  readonly exits: readonly number[];
}

type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown };

export function readSource(file: SourceFile): ReadSource {
  const imports: string[] = [];
  const literals: Literal[] = [];
  const exits: number[] = [];
  const line = (node: Node) => file.text.slice(0, node.start).split('\n').length;
  visit(parseAst(file.text, { lang: 'ts' }) as unknown as Node, [], (node, parents) => {
    const parent = parents.at(-1);
    const text = literalText(node);
    if (text !== null) {
      if (parent && /^(Import|Export)/.test(parent.type) && 'source' in parent && parent.source === node) {
        if (text.startsWith('.')) imports.push(posix.join(posix.dirname(file.path), text).replace(/\.js$/, '.ts'));
      } else literals.push({ text, line: line(node), foreign: isForeign(parents) });
    }
    if (node.type === 'MemberExpression' && nameOf(node.object) === 'process' && nameOf(node.property) === 'exit') exits.push(line(node));
  });
  return { imports, literals, exits };
}

function literalText(node: Node): string | null {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateElement') return (node.value as { cooked: string | null; raw: string }).cooked ?? '';
  return null;
}

function isForeign(parents: readonly Node[]): boolean {
  const parent = parents.at(-1);
  if (!parent) return false;
  if (parent.type === 'TSLiteralType') return parents.at(-2)?.type === 'TSIndexedAccessType';
  if (parent.type === 'Property') return nameOf(parent.key) === 'space';
  if (parent.type !== 'BinaryExpression') return false;
  const sides = [parent.left, parent.right] as Node[];
  return sides.some((side) => (side.type === 'UnaryExpression' && side.operator === 'typeof') || nameOf(side.property) === 'space');
}

function nameOf(node: unknown): unknown {
  return (node as Node | undefined)?.name;
}

function visit(node: Node, parents: readonly Node[], see: (node: Node, parents: readonly Node[]) => void): void {
  see(node, parents);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === 'object' && typeof (child as Node).type === 'string') visit(child as Node, [...parents, node], see);
    }
  }
}
