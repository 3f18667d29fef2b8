/** The text of a CSV file -> records whose fields know their places in it; knows nothing of tables. */
import { CsvError, parse } from 'csv-parse/sync';

export interface CsvField {
  readonly text: string;
  /** "" is an empty text, and nothing between two commas is null, as COPY has it. */
  readonly isQuoted: boolean;
  /** UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

export type CsvResult =
  | { readonly records: readonly (readonly CsvField[])[] }
  | { readonly problem: string; readonly hint: string; readonly from: number; readonly to: number };

const HINTS: Readonly<Record<string, readonly [problem: string, hint: string]>> = {
  CSV_QUOTE_NOT_CLOSED: ['a quote is never closed', 'close it, and write quotes inside of it twice'],
  CSV_INVALID_CLOSING_QUOTE: ['something follows the closing quote of a field', 'write quotes inside of a quoted field twice'],
  INVALID_OPENING_QUOTE: [
    'a quote stands in a field that does not begin with one',
    'put the whole field in quotes, and write the quotes inside of it twice',
  ],
};

interface Cast {
  readonly bytes: number;
  readonly quoting: boolean;
}

export function readCsv(text: string): CsvResult {
  const offsets = offsetsOf(text);
  // The library tells where a field ends; the next one begins behind the comma or the line's end.
  let end = -1;
  const begin = (): number => {
    const at = end < 0 ? 0 : offsets(end);
    return end < 0 ? 0 : text.startsWith('\r\n', at) ? at + 2 : at + 1;
  };
  try {
    const records = parse(text, {
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: true,
      cast: (value: string, { bytes, quoting }: Cast): CsvField => {
        let from = begin();
        // Empty lines are passed over.
        if (end >= 0 && text[from - 1] === '\n') while (text[from] === '\n' || text[from] === '\r') from += 1;
        end = bytes;
        return { text: value, isQuoted: quoting, from, to: Math.max(offsets(bytes), from) };
      },
    }) as unknown as readonly (readonly CsvField[])[];
    const wrong = records.find((record) => record.length !== records[0]?.length);
    return wrong === undefined ? { records } : miscounted(wrong, records[0] ?? []);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const [problem, hint] = HINTS[error.code] ?? [error.message, 'correct the line'];
    return { problem, hint, from: begin(), to: begin() + 1 };
  }
}

function miscounted(record: readonly CsvField[], header: readonly CsvField[]): CsvResult {
  const fields = (count: number): string => `${count} ${count === 1 ? 'field' : 'fields'}`;
  const problem = `the line has ${fields(record.length)}, and the header ${fields(header.length)}`;
  const extra = record[header.length];
  return {
    problem,
    hint: 'give every line as many fields as the header',
    from: (extra ?? record[0])?.from ?? 0,
    to: record.at(-1)?.to ?? 1,
  };
}

/** Offsets in UTF-16 units of byte offsets that only grow. */
function offsetsOf(text: string): (byte: number) => number {
  let [at, bytes] = [0, 0];
  return (wanted) => {
    if (wanted < bytes) [at, bytes] = [0, 0];
    while (bytes < wanted && at < text.length) {
      const code = text.codePointAt(at) ?? 0;
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      at += code > 0xffff ? 2 : 1;
    }
    return at;
  };
}
