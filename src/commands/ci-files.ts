/** Pipelines for a project that has none: which files, where, from the data files of the package. Knows no command line. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { displayPath } from './paths.js';
import { VERSION } from './version.js';
import { writeResult } from './write-files.js';

export const CI_SYSTEMS = ['github', 'gitlab'] as const;
export type CiSystem = (typeof CI_SYSTEMS)[number];

/** What the pipelines call the environment, and the variable that holds its connection string. */
export const CI_ENVIRONMENT = { name: 'production', variable: 'PRODUCTION_DATABASE_URL' } as const;

const TEMPLATES = fileURLToPath(new URL('../../templates/', import.meta.url));

/** What a .gitlab-ci.yml includes. */
export const GITLAB_PART = '.gitlab/schemactl.yml';

/** From the root of the checkout; the system reads nothing but those. */
const FILES: Readonly<Record<CiSystem, readonly { readonly path: string; readonly template: string }[]>> = {
  github: [{ path: '.github/workflows/schemactl.yml', template: 'github.yml' }],
  gitlab: [
    { path: GITLAB_PART, template: 'gitlab.yml' },
    { path: '.gitlab-ci.yml', template: 'gitlab-include.yml' },
  ],
};

export interface CiFiles {
  /** As they are shown. */
  readonly written: readonly string[];
  /** Files that were there and are as they were. */
  readonly kept: readonly string[];
}

/** Nothing is ever written over. `folder`: where the configuration is. */
export function writeCiFiles(systems: readonly CiSystem[], folder: string): CiFiles {
  const root = checkoutOf(folder);
  const inside = relative(root, resolve(folder)).split(sep).join('/');
  const [written, kept]: [string[], string[]] = [[], []];
  for (const { path, template } of systems.flatMap((system) => FILES[system])) {
    const file = join(root, path);
    const list = existsSync(file) ? kept : written;
    if (list === written) writeResult(file, filledIn(readFileSync(join(TEMPLATES, template), 'utf8'), inside));
    list.push(displayPath(file));
  }
  return { written, kept };
}

/** The folder that holds the repository, else the folder itself. */
function checkoutOf(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return resolve(folder);
  }
}

function filledIn(template: string, folder: string): string {
  const texts: Readonly<Record<string, string>> = { folder: folder || '.', prefix: folder === '' ? '' : `${folder}/`, version: VERSION };
  return template.replaceAll(/\{(folder|prefix|version)\}/g, (_, name: string) => texts[name] ?? '');
}
