/**
 * SQL text -> the same with `${name}` replaced by what the place asks for: a literal or a quoted identifier in code, text inside of quotes.
 * Function bodies (dollar quotes) and comments are others' text and stay. Knows tokens and no statement.
 */
import type { VariableValue } from '../../core/variables.js';
import { quoteLiteral } from '../../kinds/quote.js';
import { nextToken, type Token } from '../../kinds/tokens.js';
import {
  lookUp,
  mayHoldVariables,
  type Reference,
  type ReplacedText,
  type Replacement,
  referencesIn,
  replaceParts,
  type VariableProblem,
  type VariableScope,
} from '../variables.js';

export interface ReplacedSql extends ReplacedText {
  readonly problems: readonly VariableProblem[];
}

export function replacedSql(text: string, scope: VariableScope): ReplacedSql {
  const replacements: Replacement[] = [];
  const problems: VariableProblem[] = [];
  const replace = (reference: Reference, write: (value: VariableValue) => string): void => {
    const { from, to } = reference;
    const found = lookUp(reference, scope);
    if ('problem' in found) problems.push(found.problem);
    else replacements.push({ from, to, text: write(found.value) });
  };
  for (let token = mayHoldVariables(text) ? nextToken(text, 0) : null; token !== null; token = nextToken(text, token.to)) {
    if (token.type === 'string' || token.type === 'quoted') {
      // Without variables a text in quotes is nothing but text: dumps of other tools' templates hold "${…}".
      if (token.text.startsWith('$') || scope.variables === null) continue;
      for (const reference of referencesIn(text, token.from, token.to)) {
        const { from, to, isEscaped } = reference;
        if (isEscaped) replacements.push({ from, to, text: text.slice(from + 1, to) });
        else replace(reference, (value) => insideQuotes(value, token as Token));
      }
      continue;
    }
    const reference = token.type === 'comment' ? null : referenceAt(text, token);
    if (reference === null) continue;
    if (isAlone(text, reference)) replace(reference, inCode);
    else problems.push(glued(text, reference));
    token = { ...token, to: reference.to };
  }
  return { ...replaceParts(text, replacements), problems };
}

/** A bare name may hold and end with "$". */
function referenceAt(text: string, token: Token): Reference | null {
  const from = token.text === '$' ? token.from : token.to - 1;
  if (text[from] !== '$' || text[from + 1] !== '{') return null;
  const [reference] = referencesIn(text, from);
  return reference?.from === from ? reference : null;
}

const PART_OF_A_WORD = /[\w$"'\u0080-\uffff]/;

function isAlone(text: string, { from, to }: Reference): boolean {
  return !PART_OF_A_WORD.test(text[from - 1] ?? ' ') && text[from - 1] !== '}' && !PART_OF_A_WORD.test(text[to] ?? ' ');
}

function glued(text: string, { from, to, name }: Reference): VariableProblem {
  const start = text.slice(0, from).search(/[\w$"'{}\u0080-\uffff]*$/);
  const end = to + (/^[\w$"'{}\u0080-\uffff]*/.exec(text.slice(to))?.[0].length ?? 0);
  const whole = text.slice(start, end).replaceAll(/["']/g, '');
  const hint = `put quotes around all of it: "${whole}" is a name, '${whole}' a text`;
  return { code: 'SC1082', summary: `the variable ${name} is a part of a word that stands without quotes`, hint, from, to };
}

function inCode(value: VariableValue): string {
  if (typeof value === 'string') return quoteLiteral(value);
  // Quoted in any case, so that it is exactly this name.
  if (typeof value === 'object') return `"${value.identifier.replaceAll('"', '""')}"`;
  // Two minus signs would begin a comment.
  return typeof value === 'number' && value < 0 ? ` ${value}` : String(value);
}

function insideQuotes(value: VariableValue, token: Token): string {
  const text = typeof value === 'object' ? value.identifier : String(value);
  const quote = token.type === 'quoted' ? '"' : "'";
  const doubled = text.replaceAll(quote, quote + quote);
  return /^(?:e'|u&)/i.test(token.text) ? doubled.replaceAll('\\', '\\\\') : doubled;
}
