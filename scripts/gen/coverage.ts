/** docs/coverage.md: what each kind covers, and what was decided about each column of each catalog. */
import { schemaCatalogs } from '../../src/kinds/catalog-columns/catalogs.js';
import { type Decision, isIn, type LedgerCatalog, type Majors, type Reading } from '../../src/kinds/catalog-columns/ledger.js';
import { withoutSchema } from '../../src/kinds/catalog-columns/no-schema.js';
import type { Kind } from '../../src/kinds/kind.js';
import { kinds } from '../../src/kinds/registry.js';

const MAJORS = [14, 15, 16, 17, 18];

export async function generate(): Promise<ReadonlyMap<string, string>> {
  const parts = [
    '# Coverage',
    'Generated from `src/kinds/` by `npm run gen`; do not edit.',
    'What schemactl reads of a database, kind by kind, and what was decided about every column of every system catalog of PostgreSQL 14 to 18. ' +
      'A test compares the decisions with the list of columns that a server of each major gives, so that a column nobody decided about fails the build. ' +
      'Another changes columns by DDL, one by one, and looks whether the change is seen.',
    counts(),
    '## Kinds',
    'An attribute in *italics* is shown, or helps to write statements, and is no difference by itself. “SQL only” kinds have no place in YAML files. ' +
      'What cannot be renamed in place is dropped and made again under the other name, or follows what it hangs on.',
    kindTable(),
    '## Catalogs',
    'A column is *read* (by the attributes named; a kind alone means its address: that the object is there, under that name), *derived* from what is read, or *left out*.',
    ...schemaCatalogs.map(catalogSection),
    '## Catalogs that hold no schema of a database',
    table(
      ['catalog', 'majors', 'reason'],
      withoutSchema.map((item) => [`\`${item.name}\``, majorsText(item), item.reason]),
    ),
  ];
  return new Map([['docs/coverage.md', `${parts.join('\n\n')}\n`]]);
}

function counts(): string {
  return table(
    ['PostgreSQL', 'catalogs', 'columns', 'read', 'derived', 'left out', 'catalogs without schema'],
    MAJORS.map((major) => {
      const here = (item: Majors): boolean => isIn(item, major);
      const catalogs = schemaCatalogs.filter(here);
      const decisions = catalogs.flatMap(({ columns }) => columns.filter(here).map(({ decision }) => decision));
      const count = (word: string): string => String(decisions.filter((decision) => word in decision).length);
      const rest = withoutSchema.filter(here).length;
      return [`${major}`, `${catalogs.length}`, `${decisions.length}`, count('read'), count('derived'), count('leftOut'), `${rest}`];
    }),
  );
}

function kindTable(): string {
  const byName = [...kinds].sort((a, b) => (a.name < b.name ? -1 : 1));
  return table(
    ['kind', 'attributes', 'files', 'renamed in place'],
    byName.map((kind) => [
      `\`${kind.name}\``,
      Object.entries(kind.attributes)
        .map(([name, how]) => `${how === 'unhashed' ? `*${name}*` : name}${sinceText(kind.name, name)}`)
        .join(', '),
      filesOf(kind),
      kind.rename === undefined ? 'no' : 'yes',
    ]),
  );
}

function filesOf(kind: Kind): string {
  // What stands in tables is INSERTed, which SQL files may not.
  if (kind.reading !== undefined) return 'YAML only';
  return kind.yaml === undefined ? 'SQL only' : 'SQL, YAML';
}

/** " (15+)" where no older major has a column that the attribute is read from. */
function sinceText(kind: string, attribute: string): string {
  const sources = schemaCatalogs.flatMap((catalog) =>
    catalog.columns.flatMap((column) =>
      readingsOf(column.decision)
        .filter((reading) => reading.kind === kind && reading.attribute === attribute)
        .map((reading) => Math.max(reading.since ?? 0, column.since ?? 0, catalog.since ?? 0)),
    ),
  );
  const first = Math.min(...sources);
  return first > (MAJORS[0] ?? 0) && Number.isFinite(first) ? ` (${first}+)` : '';
}

const readingsOf = (decision: Decision): readonly Reading[] => ('read' in decision ? decision.read : decision.shown);

function catalogSection(catalog: LedgerCatalog): string {
  const range = majorsText(catalog);
  const rows = catalog.columns.map((column) => [`\`${column.name}\``, majorsText(column), decisionText(column.decision)]);
  return `### ${catalog.name}\n\nA row is ${catalog.holds}.${range === '' ? '' : ` PostgreSQL ${range}.`}\n\n${table(['column', 'majors', 'decision'], rows)}`;
}

function decisionText(decision: Decision): string {
  if ('read' in decision) return `read: ${decision.read.map(readingText).join(', ')}`;
  const shown = decision.shown.length === 0 ? '' : ` (shown: ${decision.shown.map(readingText).join(', ')})`;
  return 'derived' in decision ? `derived: ${decision.derived}${shown}` : `left out: ${decision.leftOut}${shown}`;
}

function readingText({ kind, attribute, since }: Reading): string {
  return `${attribute === null ? kind : `${kind}.${attribute}`}${since === null ? '' : ` (${since}+)`}`;
}

function majorsText({ since, until }: Majors): string {
  if (since !== null && until !== null) return `${since} to ${until}`;
  if (since !== null) return `${since}+`;
  return until === null ? '' : `up to ${until}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
