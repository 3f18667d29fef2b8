/** Text files that a YAML document names beside itself (bodies of functions, queries of views): read once each, with places. Knows no slot. */
import { dirname, isAbsolute, join } from 'node:path';
import type { Diagnostic, Span } from '../../core/diagnostic.js';
import type { ReadText } from '../read-text.js';
import { type SourceText, sourceText } from '../source-text.js';
import { replacedSql } from '../sql/variables.js';
import { replacedSource, type VariableScope } from '../variables.js';
import type { YamlFile, YamlPath } from './yaml-file.js';

export interface AttachedFiles {
  /** The document with the texts that have been read; what it asks for beyond them is read by the next `fetch`. */
  attachedTo(document: YamlFile): YamlFile;
  /** Reads what was asked for; false when there was nothing new. */
  fetch(): Promise<boolean>;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** What is wrong with the names, at their places. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A file as it is, and as the SQL that it stands for. */
interface Attached {
  readonly written: SourceText;
  readonly sql: SourceText;
  readonly problems: readonly Diagnostic[];
}

type Outcome = Attached | { readonly problem: Pick<Diagnostic, 'code' | 'summary' | 'hint' | 'detail'> };

/** @param file the YAML file, which the names are relative to. */
export function attachedFiles(file: string, read: ReadText, scope: VariableScope): AttachedFiles {
  const outcomes = new Map<string, Outcome>();
  const wanted = new Set<string>();
  const complaints = new Map<string, Diagnostic>();
  const files: { path: string; sha256: string }[] = [];
  /** Names of those that were read as SQL. */
  const asSql = new Set<string>();

  const find = (document: YamlFile, path: YamlPath): Attached | null => {
    const name = document.scalar(path);
    const outcome = outcomes.get(name);
    if (outcome === undefined) wanted.add(name);
    else if ('problem' in outcome) {
      const span = document.span(path);
      complaints.set(`${span.start.offset}`, { severity: 'error', ...outcome.problem, span });
    } else return outcome;
    return null;
  };

  const load = async (name: string): Promise<Outcome> => {
    if (isAbsolute(name)) {
      const hint = 'name it by its way from the folder of this file';
      return { problem: { code: 'SC1049', summary: `the path is absolute: ${name}`, hint } };
    }
    const path = join(dirname(file), name);
    const result = await read(path);
    if ('diagnostic' in result) {
      const { code, summary, hint, detail } = result.diagnostic;
      return { problem: { code, summary, hint: hint ?? 'correct the path', ...(detail === undefined ? {} : { detail }) } };
    }
    files.push({ path, sha256: result.sha256 });
    const written = sourceText(path, result.text);
    const replaced = replacedSql(result.text, scope);
    const problems = replaced.problems.map(
      ({ from, to, ...problem }): Diagnostic => ({ severity: 'error', ...problem, span: written.span(from, to) }),
    );
    return { written, sql: replacedSource(written, replaced), problems };
  };

  return {
    attachedTo: (document) => ({
      ...document,
      fileText: (path) => find(document, path)?.written.text ?? null,
      fileSql: (path) => {
        const found = find(document, path);
        asSql.add(document.scalar(path));
        for (const problem of found?.problems ?? []) complaints.set(`${problem.span?.file} ${problem.span?.start.offset}`, problem);
        return found?.sql.text ?? null;
      },
      fileSpan: (path, from, to): Span => {
        const found = find(document, path);
        const source = asSql.has(document.scalar(path)) ? found?.sql : found?.written;
        return source?.span(from, to) ?? document.span(path);
      },
    }),
    async fetch() {
      const names = [...wanted];
      wanted.clear();
      for (const name of names) outcomes.set(name, await load(name));
      return names.length > 0;
    },
    files,
    get diagnostics() {
      return [...complaints.values()];
    },
  };
}
