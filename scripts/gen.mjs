/**
 * Writes the generated files, or with --check only says which of them are stale (exit 1); knows where generators are, not what they write.
 *
 * The kind registry is made right here from folder names, because everything else needs it to compile. Every other generator is a
 * module scripts/gen/<name>.ts with `export async function generate(): Promise<ReadonlyMap<string, string>>` (path from the root -> text).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const check = process.argv.includes('--check');

/** @returns {string} the text of src/kinds/registry.ts */
function registry() {
  const kinds = join(root, 'src/kinds');
  const folders = readdirSync(kinds, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(kinds, entry.name, 'kind.ts')))
    .map((entry) => entry.name)
    .sort();
  // A suffix, since a folder may be named like a reserved word ("default").
  const local = (/** @type {string} */ folder) => `${folder.replace(/[-_](\w)/g, (_, c) => c.toUpperCase())}Kind`;
  return `/** Every kind that there is, in order of rank and name. Generated from the folders here by \`npm run gen\`; do not edit. */
import type { Kind } from './kind.js';
${folders.map((folder) => `import { kind as ${local(folder)} } from './${folder}/kind.js';\n`).join('')}
const found: readonly Kind[] = [
${folders.map((folder) => `  ${local(folder)},\n`).join('')}];

const byRank = (a: Kind, b: Kind): number => a.rank - b.rank || (a.name < b.name ? -1 : 1);

export const kinds: readonly Kind[] = [...found].sort(byRank);

export const kindByName: ReadonlyMap<string, Kind> = new Map(kinds.map((kind) => [kind.name, kind]));

if (kindByName.size !== kinds.length) throw new Error('two kinds have the same name');
`;
}

/** @type {string[]} */
const stale = [];
let looked = 0;

/** @param {string} path @param {string} text */
function settle(path, text) {
  looked += 1;
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  stale.push(path);
  if (check) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

settle('src/kinds/registry.ts', registry());

const generators = existsSync(join(root, 'scripts/gen'))
  ? readdirSync(join(root, 'scripts/gen')).filter((name) => name.endsWith('.ts'))
  : [];
if (generators.length > 0) {
  execFileSync('npm', ['run', '--silent', 'build:scripts'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  for (const name of generators.sort()) {
    const module = await import(pathToFileURL(join(root, 'build/scripts/gen', name.replace(/\.ts$/, '.js'))).href);
    for (const [path, text] of await module.generate()) settle(path, text);
  }
}

if (stale.length === 0) console.log(`${looked} generated file(s) up to date`);
else if (check) console.error(`stale, run "npm run gen":\n${stale.map((path) => `  ${path}`).join('\n')}`);
else console.log(`written:\n${stale.map((path) => `  ${path}`).join('\n')}`);
process.exitCode = check && stale.length > 0 ? 1 : 0;
