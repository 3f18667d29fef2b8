/** Name and version of this program, from its package.json. */
import { readFileSync } from 'node:fs';

interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly bugs?: { readonly url?: string };
  readonly oclif?: object;
}

export const PACKAGE = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as PackageFile;
export const VERSION = PACKAGE.version;
export const APPLICATION_NAME = `schemactl/${VERSION}`;
