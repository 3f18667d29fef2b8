/** What a database holds, as a file: deterministic JSON that needs no server to be read again. Knows no kind. */
import { readFile } from 'node:fs/promises';
import { Ajv, type ValidateFunction } from 'ajv';
import { type Diagnostic, DiagnosticError, type Span } from '../core/diagnostic.js';
import type { Json, JsonObject } from '../core/json.js';
import type { SchemaObject, State } from '../core/object.js';
import { whole } from '../desired/read-text.js';
import { sourceText } from '../desired/source-text.js';
import { type Described, describeDatabase } from './export.js';
import type { ExportOptions } from './options.js';
import { parseJson } from './parse.js';
import { serialise } from './serialise.js';
import { SNAPSHOT_FORMAT, SNAPSHOT_FORMAT_VERSION, SNAPSHOT_SCHEMA } from './snapshot-schema.js';

export interface Snapshot {
  readonly text: string;
  readonly objects: number;
}

export async function makeSnapshot(options: Pick<ExportOptions, 'target' | 'manage' | 'ignore' | 'signal'>): Promise<Snapshot> {
  const { state, initial, major } = await describeDatabase(options);
  const document: JsonObject = {
    format: SNAPSHOT_FORMAT,
    format_version: SNAPSHOT_FORMAT_VERSION,
    server: { major },
    objects: written(state),
    new_database: written(initial),
  };
  return { text: serialise(document), objects: state.size };
}

function written(state: State): readonly Json[] {
  return [...state.values()]
    .sort((a, b) => (a.address < b.address ? -1 : 1))
    .map(({ address, kind, parts, signature, parent, qualifier, dependsOn, goesWith, attributes }) => ({
      address,
      kind,
      parts,
      signature,
      parent,
      qualifier,
      depends_on: [...dependsOn].sort(),
      goes_with: [...goesWith].sort(),
      attributes: sorted(attributes),
    }));
}

/** Members in code-unit order at every depth, so that equal states have equal bytes. */
function sorted(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  const object = value as JsonObject;
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, sorted(object[key] as Json)]),
  );
}

/** What a valid snapshot holds. */
interface Written extends Omit<SchemaObject, 'dependsOn' | 'goesWith'> {
  readonly depends_on: readonly string[];
  readonly goes_with: readonly string[];
}

interface SnapshotDocument {
  readonly server: { readonly major: number };
  readonly objects: readonly Written[];
  readonly new_database: readonly Written[];
}

let compiled: ValidateFunction<SnapshotDocument> | undefined;

/** @throws DiagnosticError SC1072 */
export async function readSnapshot(path: string): Promise<Described> {
  const text = await readFile(path, 'utf8').catch((error: Error) => refuse(path, `the snapshot cannot be read: ${path}`, error.message));
  const parsed = parseJson(text);
  if (!parsed.ok) {
    const span = sourceText(path, text).span(parsed.offset, parsed.offset + 1);
    return refuse(path, `the snapshot is not JSON: ${parsed.message}`, undefined, span);
  }
  const version = (parsed.value as { readonly format_version?: Json } | null)?.format_version;
  if (typeof version === 'string' && !version.startsWith('1.'))
    return refuse(path, `the snapshot has format ${version}, and this schemactl reads format 1`);
  compiled ??= new Ajv({ strict: true }).compile<SnapshotDocument>(SNAPSHOT_SCHEMA);
  const { value } = parsed;
  if (!compiled(value)) {
    const [error] = compiled.errors ?? [];
    return refuse(path, 'the file is not a snapshot of schemactl', `${error?.instancePath || 'the document'} ${error?.message ?? ''}`);
  }
  return { major: value.server.major, database: 'snapshot', state: stateOf(value.objects), initial: stateOf(value.new_database) };
}

function stateOf(objects: readonly Written[]): State {
  return new Map(
    objects.map(({ depends_on, goes_with, ...object }) => [object.address, { ...object, dependsOn: depends_on, goesWith: goes_with }]),
  );
}

function refuse(path: string, summary: string, detail?: string, span: Span = whole(path)): never {
  const hint = 'give a file that schemactl snapshot wrote, or write it again';
  const diagnostic: Diagnostic = { code: 'SC1072', severity: 'error', summary, ...(detail ? { detail } : {}), hint, span };
  throw new DiagnosticError([diagnostic]);
}
