/** The list in a statement whose elements are declared by themselves, by its tokens alone; knows no kind and no statement. */
import type { Token } from '../../kinds/tokens.js';
import { tokensFrom } from '../../kinds/tokens.js';
import type { Element, ElementList, Statement } from './statements.js';

/** Null: what the statement declares stands in no list. */
export function elementsOf(statement: Statement): ElementList | null {
  const tokens = [...tokensFrom(statement.text)];
  return inParentheses(statement, tokens) ?? bare(statement, tokens);
}

/** The first parentheses that hold more than the statement's own object. */
function inParentheses(statement: Statement, tokens: readonly Token[]): ElementList | null {
  const lead = statement.declares[0]?.offset ?? 0;
  let depth = 0;
  let open = -1;
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'punctuation') continue;
    if (token.text === '(') {
      if (depth === 0) open = index;
      depth += 1;
    } else if (token.text === ')') {
      depth -= 1;
      if (depth !== 0) continue;
      const [from, to] = [tokens[open]?.to ?? 0, token.from];
      if (statement.declares.some(({ offset }) => offset >= from && offset < to && offset !== lead))
        return { elements: split(statement, tokens.slice(open + 1, index)), from, to };
    }
  }
  return null;
}

/** ALTER TABLE t ADD …, ADD …: from the first action on. */
function bare(statement: Statement, tokens: readonly Token[]): ElementList | null {
  const all = split(statement, tokens);
  const several = all.filter(({ declares }) => declares.length > 0).length > 1 && all.every(({ declares }) => declares.length > 0);
  return several ? { elements: all, from: 0, to: statement.text.length } : null;
}

function split(statement: Statement, tokens: readonly Token[]): readonly Element[] {
  const elements: Element[] = [];
  let depth = 0;
  let own: Token[] = [];
  const close = (comma: number | null): void => {
    const [first, last] = [own[0], own.at(-1)];
    own = [];
    if (first === undefined || last === undefined) return;
    const declares = statement.declares.filter(({ offset }) => offset >= first.from && offset < last.to).map(({ address }) => address);
    elements.push({ from: first.from, to: last.to, comma, declares });
  };
  for (const token of tokens) {
    if (token.type === 'punctuation' && (token.text === '(' || token.text === '[')) depth += 1;
    if (token.type === 'punctuation' && (token.text === ')' || token.text === ']')) depth -= 1;
    if (depth === 0 && token.type === 'punctuation' && token.text === ',') close(token.from);
    else own.push(token);
  }
  close(null);
  return elements;
}
