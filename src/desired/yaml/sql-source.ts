/** The SQL of a YAML statement as one text, and the place in the YAML file of each of its characters; knows no kind and no grammar. */
import type { Span } from '../../core/diagnostic.js';
import { nextToken } from '../../kinds/tokens.js';
import type { PlacedSql } from '../../kinds/yaml-slot.js';
import type { RenderedStatement } from './render.js';

export interface SqlSource {
  readonly text: string;
  /** True where the text of a scalar ends: what is wrong there is missing from it. */
  isAtEnd(offset: number): boolean;
  /** The key that the statement stands for. */
  readonly span: Span;
  locate(offset: number): Span;
}

interface Fragment extends PlacedSql {
  readonly from: number;
}

export function sqlSource({ sql, yaml, at, inFile }: RenderedStatement): SqlSource {
  const fragments: Fragment[] = [];
  let text = '';
  for (const part of sql) {
    if (typeof part === 'string') text += part;
    else {
      fragments.push({ ...part, from: text.length });
      text += part.sql;
    }
  }
  const span = inFile === undefined ? yaml.span(at, 'key') : yaml.fileSpan(inFile.path, inFile.from, inFile.to);
  const ended = (offset: number): Fragment | undefined =>
    fragments.find(({ from, sql: own, verbatim, fromFile }) => {
      const end = from + own.length;
      return (
        verbatim === true &&
        fromFile !== true &&
        end <= offset &&
        text.slice(end, offset).trim() === '' &&
        !fragments.some((other) => other.from === offset)
      );
    });
  const whole = ({ path, part, inFile: range }: Fragment): Span =>
    range === undefined ? yaml.span(path, part) : yaml.fileSpan(path, ...range);
  const locate = (offset: number): Span => {
    // A keyword that the slot wrote belongs to what stands behind it.
    const behind = fragments.find(({ from }) => from > offset && /^[A-Z]+ \(?$/.test(text.slice(offset, from)));
    if (behind !== undefined) return whole(behind);
    const before = ended(offset);
    if (before !== undefined) {
      const end = Math.max(before.sql.trimEnd().length, 1);
      return yaml.spanIn(before.path, end - 1, end);
    }
    const fragment =
      fragments.find(({ from, sql: own }) => from <= offset && offset < from + own.length) ?? lastBefore(fragments, text, offset);
    if (fragment === undefined) return span;
    if (!fragment.verbatim && !fragment.fromFile) return whole(fragment);
    const start = offset - fragment.from;
    const token = nextToken(fragment.sql, start);
    const end = token === null || token.from !== start ? start + 1 : token.to;
    return fragment.fromFile ? yaml.fileSpan(fragment.path, start, end) : yaml.spanIn(fragment.path, start, end);
  };
  return { text, span, locate, isAtEnd: (offset) => ended(offset) !== undefined };
}

/** The text's end belongs to what stands there last. */
function lastBefore(fragments: readonly Fragment[], text: string, offset: number): Fragment | undefined {
  const last = fragments.at(-1);
  return offset >= text.length && last !== undefined ? { ...last, verbatim: false, fromFile: false } : undefined;
}
