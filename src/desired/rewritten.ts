/** Whether a text that is written anew may take the place of the one that is there. Knows no kind; compares no meaning, only words. */
import { nextToken, type Token, tokensFrom } from '../kinds/tokens.js';
import { tablesWithRows } from './yaml/declared-rows.js';
import { sameYaml, yamlComments } from './yaml/format.js';

/**
 * 'keep': they say the same in the same words, but for form and comments, so nothing has to be written. 'loses': what people wrote beside
 * it would be gone. 'loses rows': rows that are declared there would be. 'write': nothing
 * would be lost.
 */
export type Rewriting = 'keep' | 'write' | 'loses' | 'loses rows';

export function rewriting(path: string, there: string, next: string): Rewriting {
  if (there === next) return 'keep';
  const isYaml = /\.ya?ml$/.test(path);
  if (isYaml ? sameYaml(there, next) : sameSql(there, next)) return 'keep';
  if (isYaml && tablesWithRows(there).some((table) => !tablesWithRows(next).includes(table))) return 'loses rows';
  const lost = isYaml ? yamlNotes(there) : sqlComments(there);
  const kept = isYaml ? yamlNotes(next) : sqlComments(next);
  return lost.some((comment) => count(lost, comment) > count(kept, comment)) ? 'loses' : 'write';
}

function count(list: readonly string[], wanted: string): number {
  return list.filter((each) => each === wanted).length;
}

/** Of a text that is no YAML, what looks like them. */
function yamlNotes(text: string): readonly string[] {
  const found = yamlComments(text);
  return found.length > 0 ? found : [...text.matchAll(/^\s*#.*$/gm)].map(([line]) => line.trim());
}

function sameSql(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => [...tokensFrom(text)].map((token) => token.text)) as [string[], string[]];
  return left.length === right.length && left.every((text, index) => text === right[index]);
}

function sqlComments(text: string): readonly string[] {
  const found: string[] = [];
  for (let token: Token | null = nextToken(text, 0); token !== null; token = nextToken(text, token.to)) {
    if (token.type === 'comment') found.push(token.text.trim());
  }
  return found;
}
