/** `CREATE SCHEMA s CREATE TABLE … GRANT …` -> the head and its elements as statements of their own, by lexical structure. */
import { nextToken } from '../../kinds/tokens.js';
import { type RawStatement, splitSql } from './split.js';

export function schemaElements(text: string, raw: RawStatement): readonly RawStatement[] {
  const starts = [raw.from];
  const part = text.slice(0, raw.to);
  let depth = 0;
  let previous = '';
  for (let token = nextToken(part, raw.from); token !== null; token = nextToken(part, token.to)) {
    if (token.type === 'comment') continue;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    // CREATE and GRANT are reserved words: outside parentheses they start an element, but for WITH GRANT OPTION.
    const begins = token.type === 'word' && (token.text === 'create' || (token.text === 'grant' && previous !== 'with'));
    if (begins && depth === 0 && token.from > raw.from) starts.push(token.from);
    previous = token.text;
  }
  return starts.flatMap((from, index) =>
    splitSql(text, from, starts[index + 1] ?? raw.to).units.filter((unit) => unit.type === 'statement'),
  );
}
