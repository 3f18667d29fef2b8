/** Makes names and text from databases and files safe to print: nothing in them can move a cursor, hide or reorder. Knows no format. */

/**
 * C0 and C1 controls, and the characters that change the order or visibility of text around them ("Trojan Source"). Written with
 * escapes so that this file holds none of them.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** For one line: line breaks too become visible escapes. */
export function printable(text: string): string {
  return text.replaceAll(UNSAFE, escapeCharacter);
}

/** For text of several lines, such as SQL: line breaks and tabs stand. */
export function printableLines(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(UNSAFE, (character) => (character === '\n' || character === '\t' ? character : escapeCharacter(character)));
}

/** One line, shortened to `limit` characters. */
export function shortened(text: string, limit: number): string {
  const line = printable(text.replaceAll(/\s+/g, ' ').trim());
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
