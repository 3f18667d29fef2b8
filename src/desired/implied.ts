/** Things that a file only declares by the way: dropped where anything else declares them. Knows no language and no kind. */
import type { Declaration } from './declaration.js';
import type { FileContent } from './file-content.js';
import { providedKey } from './names.js';

export function withoutRepeatedImplied(files: readonly FileContent[]): readonly FileContent[] {
  const isImplied = (declaration: Declaration): boolean => files.some((file) => file.implied?.has(declaration));
  const keysOf = (declaration: Declaration): readonly string[] => declaration.provides.map((ref) => providedKey(ref, declaration));
  const said = new Set(files.flatMap((file) => file.declarations.filter((declaration) => !isImplied(declaration)).flatMap(keysOf)));
  return files.map((file) => {
    if (file.implied === undefined || file.implied.size === 0) return file;
    const declarations = file.declarations.filter((declaration) => {
      if (!file.implied?.has(declaration)) return true;
      const keys = keysOf(declaration);
      if (keys.some((key) => said.has(key))) return false;
      for (const key of keys) said.add(key);
      return true;
    });
    return { ...file, declarations };
  });
}
