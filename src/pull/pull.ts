/**
 * Desired files -> the same files, saying what the database has. Edits are made as small as they can be, then the server is asked whether
 * the files now say just that; where they do not, larger edits are tried. Writes nothing; knows no kind and no language.
 */
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ClientBase } from 'pg';
import { type Address, formatPart, nameOf } from '../core/address.js';
import type { Change } from '../core/change.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { matchesAny } from '../core/pattern.js';
import { distinctRowSets } from '../core/row-set.js';
import type { Desired } from '../desired/declaration.js';
import { loadDesired } from '../desired/load.js';
import { readText } from '../desired/read-text.js';
import { slotTree } from '../desired/yaml/slot-tree.js';
import { kindByName, kinds } from '../kinds/registry.js';
import { desiredInput } from '../plan/desired-input.js';
import type { Past } from '../plan/past.js';
import { patternProblems } from '../plan/patterns.js';
import { type Difference, openComparing, type Texts } from './difference.js';
import { applyEdits } from './edit.js';
import type { PulledFile, PullOptions, PullOutcome } from './options.js';
import { withNewNames } from './renamed-roots.js';
import { sqlScene } from './sql/scene.js';
import { type FileEdit, sqlEdits } from './sql/sql-edits.js';
import { keepVariables, overridden } from './variables.js';
import { yamlEdits } from './yaml/yaml-edits.js';

const ROUNDS = 8;
/** Merged, said by ALTER, written anew, and once more for what came of that. */
const TRIES = 4;

/** @throws DiagnosticError when the files do not load, or cannot be made to say what the database has: then nothing is given. */
export async function pullSchema(options: PullOptions, readPast: (client: ClientBase) => Promise<Past | null>): Promise<PullOutcome> {
  throwOnErrors(patternProblems([...options.manage, ...options.ignore, ...options.only]));
  const desired = await loadDesired(desiredInput(options.desired, options.manage, options.variables));
  throwOnErrors(desired.diagnostics);
  const found = await textsOf(desired);
  const comparing = await openComparing(options, desired, readPast);
  try {
    throwOnErrors(comparing.open);
    let texts = found;
    let difference = await comparing.difference(texts);
    const first = chosen(difference, options);
    const guess = withNewNames(texts, difference, first, slotTree(kinds).opening.key);
    const guessed = guess === null ? null : await comparing.difference(guess).catch(unlessRefused);
    if (guess !== null && guessed !== null && chosen(guessed, options).length < first.length) {
      texts = guess;
      difference = guessed;
    }
    const tried = new Map<Address, number>();
    for (let round = 0; chosen(difference, options).length > 0; round += 1) {
      const changes = chosen(difference, options);
      if (round === ROUNDS || changes.some(({ address }) => (tried.get(address) ?? 0) >= TRIES))
        throw new DiagnosticError(changes.map(unwritable));
      for (const { address } of changes) tried.set(address, (tried.get(address) ?? 0) + 1);
      const edited = editedTexts(texts, difference, changes, (address) => tried.get(address) ?? 1, options);
      const next = await comparing.difference(edited.texts).catch((error: unknown) => {
        if (!(error instanceof DiagnosticError)) throw error;
        return { refused: error };
      });
      if ('refused' in next) {
        // Only those whose edit the server refuses need another one.
        const culprits = refusedBy(next.refused, edited);
        for (const { address } of changes)
          if (culprits.size > 0 && !culprits.has(address)) tried.set(address, (tried.get(address) ?? 1) - 1);
        if (round === ROUNDS - 1) throw next.refused;
        continue;
      }
      texts = edited.texts;
      difference = next;
    }
    throwOnErrors(lostRows(desired, difference.desired));
    return { files: changedFiles(found, texts, options.desired), changes: first, diagnostics: [] };
  } finally {
    await comparing.close();
  }
}

function unlessRefused(error: unknown): null {
  if (error instanceof DiagnosticError) return null;
  throw error;
}

function chosen({ changes }: Difference, { only }: PullOptions): readonly Change[] {
  return only.length === 0 ? changes : changes.filter(({ address }) => matchesAny(only, address));
}

/** Those that bodies are taken from too. */
async function textsOf(desired: Desired): Promise<Texts> {
  const texts = new Map<string, string>();
  for (const { path } of desired.files) {
    const read = await readText(path);
    if ('diagnostic' in read) throw new DiagnosticError([read.diagnostic]);
    texts.set(path, read.text);
  }
  return texts;
}

interface Edited {
  readonly texts: Texts;
  readonly edits: readonly FileEdit[];
}

function editedTexts(
  texts: Texts,
  difference: Difference,
  changes: readonly Change[],
  levelOf: (address: Address) => number,
  options: PullOptions,
): Edited {
  const folder = newFolder(options.desired);
  const variables = options.variables ?? null;
  const inYaml = yamlEdits(difference, texts, changes, levelOf, folder, variables);
  const scene = sqlScene(difference, texts, kindByName);
  const inSql = sqlEdits(scene, inYaml.rest, levelOf, folder);
  const found = { edits: [...inYaml.edits, ...inSql.edits], created: new Map([...inYaml.created, ...inSql.created]) };
  const { edits, created, lost } = keepVariables(found, texts, changes, variables);
  throwOnErrors([...lost, ...overridden(scene, inYaml.rest, levelOf, variables)]);
  const next = new Map(texts);
  for (const path of new Set(edits.map(({ file }) => file)))
    next.set(
      path,
      applyEdits(
        texts.get(path) ?? '',
        edits.filter(({ file }) => file === path),
      ),
    );
  for (const [path, text] of created) next.set(path, text);
  return { texts: next, edits };
}

function newFolder(desired: readonly string[]): string {
  const [first] = desired;
  if (first === undefined) return '.';
  return statSync(first, { throwIfNoEntry: false })?.isDirectory() ? first : dirname(first);
}

/** Changes whose edits touch a file that is complained about, near the place. */
function refusedBy(error: DiagnosticError, { edits }: Edited): ReadonlySet<Address> {
  const places = error.diagnostics.flatMap(({ span }) => (span === undefined ? [] : [span]));
  const near = edits.filter(({ file, from }) => places.some((span) => span.file === file && Math.abs(span.start.offset - from) < 2000));
  return new Set(near.flatMap(({ addresses }) => addresses));
}

/** A file in which nothing is left goes, unless the project names it. */
function changedFiles(before: Texts, after: Texts, named: readonly string[]): readonly PulledFile[] {
  return [...after]
    .filter(([path, text]) => before.get(path) !== text)
    .map(([path, text]) => ({ path, before: before.get(path) ?? null, after: text.trim() === '' && !named.includes(path) ? null : text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Rows are not compared, so no server would miss them where an entry was written anew without. */
function lostRows(before: Desired, after: Desired): readonly Diagnostic[] {
  const rowsIn = ({ declarations }: Desired) =>
    declarations.flatMap(({ rows, sql }) => (rows === undefined ? [] : [[sql, rows.set] as const]));
  const tables = new Set(after.declarations.flatMap(({ declares }) => declares.map(({ address }) => nameOf(address))));
  const kept = new Set(rowsIn(after).map(([sql]) => sql));
  const lost = rowsIn(before).filter(
    ([sql, { schema, table }]) => !kept.has(sql) && tables.has(`${formatPart(schema)}.${formatPart(table)}`),
  );
  return distinctRowSets(lost.map(([, set]) => set)).map(({ schema, table }) => ({
    code: 'SC2510',
    severity: 'error',
    summary: `the entry of ${formatPart(schema)}.${formatPart(table)} would have to be written anew, without its rows`,
    hint: 'nothing was written; change the entry by hand (schemactl plan shows the difference)',
  }));
}

function unwritable(change: Change): Diagnostic {
  return {
    code: 'SC2501',
    severity: 'error',
    address: change.address,
    summary: `no edit of the files was found that says what the database has: ${change.address}`,
    detail: 'nothing was written',
    hint: `change the files by hand (schemactl plan shows the difference), or leave it out: --ignore '${change.address}'`,
  };
}

function throwOnErrors(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new DiagnosticError(diagnostics);
}
