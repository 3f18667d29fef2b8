/** Rows as a YAML list or a CSV file gives them: columns and values with their places, checked as far as that takes no server. */
import { MAX_ROW_BYTES, MAX_ROWS } from '../../core/row-set.js';
import { nearest } from '../../core/suggest.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import type { PlacedSql, SqlText, YamlEntry, YamlPlace, YamlStatement } from '../yaml-slot.js';
import { atKey, atValue } from '../yaml-text.js';
import { readCsv } from './csv.js';

export interface Cell {
  readonly column: string;
  readonly name: PlacedSql;
  readonly value: SqlText;
  /** As the file writes it; null: NULL. */
  readonly text: string | null;
  /** Where the value stands. */
  readonly place: Pick<PlacedSql, 'path' | 'inFile'>;
}

export interface DeclaredRow {
  readonly cells: readonly Cell[];
  readonly place: Pick<PlacedSql, 'path' | 'inFile'>;
}

/** Schema and name of the table: around the rows, or what they are called by. */
export function tableOf({ owner, parts }: YamlPlace): readonly string[] {
  return owner?.parts ?? parts;
}

/** Null: what is wrong with them has been reported, or their file is not read yet. */
export function declaredRows(entry: YamlEntry, place: YamlPlace): readonly DeclaredRow[] | null {
  const [values, file] = [entry.get('values'), entry.get('file')];
  if ((values === null) === (file === null)) {
    const summary = values === null ? 'rows are given neither by values nor by a file' : 'rows are given twice, by values and by a file';
    place.report({ code: 'SC1055', summary, hint: 'write either values or file' }, (file ?? entry).path, 'key');
    return null;
  }
  const rows = values === null ? (file === null ? null : fromFile(file, place)) : fromList(values, place);
  return rows === null || !isUniform(rows, place) || !isSmall(rows, values ?? file ?? entry, place) ? null : rows;
}

function fromList(values: YamlEntry, place: YamlPlace): readonly DeclaredRow[] {
  const type = quoteName(tableOf(place));
  return values.items().map((item) => ({
    place: { path: item.path },
    cells: item.items().map((cell): Cell => {
      const column = cell.name ?? '';
      return {
        column,
        name: atKey(cell, quoteIdent(column)),
        value: [valueSql(cell, column, type)],
        text: textOf(cell),
        place: { path: cell.path },
      };
    }),
  }));
}

const isNested = ({ value }: YamlEntry): boolean => typeof value === 'object' && value !== null;

function textOf(cell: YamlEntry): string | null {
  return cell.value === null || cell.value === undefined ? null : isNested(cell) ? jsonText(cell) : cell.text();
}

/** A list or a map is turned into the type of the column (an array, jsonb, a composite type) by the server, which knows it. */
function valueSql(cell: YamlEntry, column: string, type: string): PlacedSql {
  const text = textOf(cell);
  if (text === null) return atValue(cell, 'NULL');
  if (!isNested(cell)) return atValue(cell, quoteLiteral(text));
  const json = `{${JSON.stringify(column)}: ${text}}`;
  return atValue(cell, `(pg_catalog.jsonb_populate_record(NULL::${type}, ${quoteLiteral(json)})).${quoteIdent(column)}`);
}

const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/;

/** Numbers keep their digits. */
function jsonText(entry: YamlEntry): string {
  const { value } = entry;
  if (Array.isArray(value)) return `[${entry.items().map(jsonText).join(', ')}]`;
  if (isNested(entry)) {
    return `{${entry
      .items()
      .map((item) => `${JSON.stringify(item.name ?? '')}: ${jsonText(item)}`)
      .join(', ')}}`;
  }
  const text = entry.text();
  return typeof value === 'number' && NUMBER.test(text) ? text : JSON.stringify(value ?? null);
}

function fromFile(file: YamlEntry, place: YamlPlace): readonly DeclaredRow[] | null {
  const text = file.fileText();
  if (text === null) return null;
  const { path } = file;
  const csv = readCsv(text);
  if ('problem' in csv) {
    place.reportInFile({ code: 'SC1054', summary: csv.problem, hint: csv.hint }, path, csv.from, csv.to);
    return null;
  }
  const [header, ...records] = csv.records;
  if (header === undefined) {
    place.reportInFile({ code: 'SC1054', summary: 'the file has no header', hint: 'name the columns in its first line' }, path, 0, 1);
    return null;
  }
  const twice = header.find((field, index) => header.findIndex((other) => other.text === field.text) < index);
  if (twice !== undefined) {
    const summary = `the header names ${twice.text} twice`;
    place.reportInFile({ code: 'SC1054', summary, hint: 'name every column once' }, path, twice.from, twice.to);
    return null;
  }
  return records.map((record) => ({
    place: { path, inFile: [record[0]?.from ?? 0, record.at(-1)?.to ?? 0] },
    cells: record.map((field, index): Cell => {
      const column = header[index]?.text ?? '';
      const isNull = field.text === '' && !field.isQuoted;
      const at = { path, part: 'value', inFile: [field.from, field.to] } as const;
      return {
        column,
        name: { sql: quoteIdent(column), path, part: 'value', inFile: [header[index]?.from ?? 0, header[index]?.to ?? 0] },
        value: [{ sql: isNull ? 'NULL' : quoteLiteral(field.text), ...at }],
        text: isNull ? null : field.text,
        place: at,
      };
    }),
  }));
}

type Problem = Parameters<YamlPlace['report']>[0];

export function reportAt(problem: Problem, { path, inFile }: DeclaredRow['place'], place: YamlPlace, part?: 'key'): void {
  if (inFile === undefined) place.report(problem, path, part);
  else place.reportInFile(problem, path, ...inFile);
}

/** What a row leaves out would be a guess: the column's default, null, or whatever is there. */
function isUniform(rows: readonly DeclaredRow[], place: YamlPlace): boolean {
  const columns = rows[0]?.cells.map(({ column }) => column) ?? [];
  let isFine = true;
  for (const row of rows.slice(1)) {
    const own = row.cells.map(({ column }) => column);
    const missing = columns.filter((column) => !own.includes(column));
    const extra = row.cells.find(({ column }) => !columns.includes(column));
    if (missing.length === 0 && extra === undefined) continue;
    isFine = false;
    const meant = extra === undefined ? null : nearest(extra.column, missing);
    const summary =
      extra === undefined
        ? `the row has no ${missing.join(', ')}, which the first row has`
        : `the row has ${extra.column}, which the first row has not`;
    const hint = meant === null ? 'give every row the same columns; null is a value too' : `did you mean ${meant}?`;
    reportAt({ code: 'SC1052', summary, hint }, extra?.place ?? row.place, place, extra === undefined ? undefined : 'key');
  }
  return isFine;
}

function isSmall(rows: readonly DeclaredRow[], whole: YamlEntry, place: YamlPlace): boolean {
  const hint = 'rows are declared of small tables; load larger ones by other means';
  const next = rows[MAX_ROWS];
  if (next !== undefined) {
    reportAt(
      { code: 'SC1056', summary: `there are ${rows.length} rows, and ${MAX_ROWS} may be declared of a table`, hint },
      next.place,
      place,
    );
    return false;
  }
  const bytes = rows.reduce((sum, { cells }) => sum + cells.reduce((all, { text }) => all + Buffer.byteLength(text ?? ''), 0), 0);
  if (bytes <= MAX_ROW_BYTES) return true;
  place.report(
    { code: 'SC1056', summary: `the rows have ${bytes} bytes, and ${MAX_ROW_BYTES} may be declared of a table`, hint },
    whole.path,
    'key',
  );
  return false;
}

/** Where a statement about the row is shown. */
export function standsAt({ path, inFile }: DeclaredRow['place']): Pick<YamlStatement, 'inFile'> & { readonly path: YamlEntry['path'] } {
  return { path, ...(inFile === undefined ? {} : { inFile: { path, from: inFile[0], to: inFile[1] } }) };
}
