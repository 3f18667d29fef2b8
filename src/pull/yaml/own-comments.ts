/** Comment lines of a YAML text that belong to what stands below them. */
import { lineStart } from '../edit.js';

/** Where the comment lines right above a line begin. */
export function ownYamlComments(text: string, start: number, limit: number): number {
  let at = start;
  while (at > limit) {
    const above = lineStart(text, at - 1);
    if (above < limit || !/^\s*#(?! yaml-language-server:)/.test(text.slice(above, at))) break;
    at = above;
  }
  return at;
}
