/** Removes the build folders named on the command line, so that nothing stale is left in them; takes only names of the project root. */
import { rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
for (const name of process.argv.slice(2)) {
  const path = join(root, name);
  if (relative(root, path) !== name || !/^[a-z]+$/.test(name)) throw new Error(`not a build folder: ${name}`);
  rmSync(path, { recursive: true, force: true });
}
