/** Sources of any kind -> the desired state: what is no text (a database, a snapshot, a plan) is turned into text first. Knows no kind. */
import type { Address } from '../core/address.js';
import { DiagnosticError } from '../core/diagnostic.js';
import { type Source, sourceName, type TextSource, type TextualSource } from '../core/source.js';
import type { Variables } from '../core/variables.js';
import type { Desired } from '../desired/declaration.js';
import { type DesiredFile, loadDesired } from '../desired/load.js';
import { kindByName } from '../kinds/registry.js';
import { chosenNames, withoutNames } from './chosen-names.js';
import { desiredInput } from './desired-input.js';
import { type Described, describeDatabase, sqlFiles } from './export.js';
import { filesOfPlan } from './plan-files.js';
import { readSnapshot } from './snapshot.js';

export interface ReadingOptions {
  /** Null: whatever is declared is asked for. */
  readonly manage: readonly string[] | null;
  readonly ignore: readonly string[];
  /** What the database is called that they are compared with; settings of a database are about it, whatever the other is called. */
  readonly database?: string | undefined;
  /** What `${name}` stands for in files; null or absent: nothing stands for anything else. */
  readonly variables?: Variables | null | undefined;
  readonly onText?: ((file: DesiredFile) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ReadSources extends Desired {
  /** Major version of the server that the first source with one speaks of. */
  readonly major: number | null;
}

export async function readSources(sources: readonly Source[], options: ReadingOptions): Promise<ReadSources> {
  const texts: TextualSource[] = [];
  const majors: number[] = [];
  /** By file. */
  const unnamed = new Map<string, ReadonlySet<Address>>();
  const problems: DiagnosticError[] = [];
  for (const source of sources) {
    try {
      const read = await textsOf(source, options);
      texts.push(...read.texts);
      if (read.major !== null) majors.push(read.major);
      if (read.chosen !== undefined)
        for (const text of read.texts) if (typeof text !== 'string' && text.from === 'text') unnamed.set(text.path, read.chosen);
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      problems.push(error);
    }
  }
  const { onText, signal } = options;
  const desired = await loadDesired({ ...desiredInput(texts, options.manage, options.variables), ...(onText ? { onText } : {}), signal });
  const declarations = desired.declarations.flatMap((each) => withoutNames([each], unnamed.get(each.span.file) ?? new Set()));
  return {
    ...desired,
    declarations,
    diagnostics: [...problems.flatMap((problem) => problem.diagnostics), ...desired.diagnostics],
    major: majors[0] ?? null,
  };
}

interface Texts {
  readonly texts: readonly TextualSource[];
  readonly major: number | null;
  /** Objects whose names nobody need have given. */
  readonly chosen?: ReadonlySet<Address>;
}

async function textsOf(source: Source, { manage, ignore, database, signal }: ReadingOptions): Promise<Texts> {
  if (typeof source === 'string') return { texts: [source], major: null };
  switch (source.from) {
    case 'database':
      return statements(source, await describeDatabase({ target: source.connection, manage: manage ?? [], ignore, signal }), database);
    case 'snapshot':
      return statements(source, await readSnapshot(source.path), database);
    case 'plan': {
      const { texts, major } = await filesOfPlan(source.path);
      return { texts, major };
    }
    default:
      return { texts: [source], major: null };
  }
}

/** The objects as the statements that make them: so what they mean is found like that of any file, by the server that is compared with. */
function statements(source: Source, described: Described, database = described.database): Texts {
  const name = sourceName(source);
  const texts = sqlFiles(described.state, { ...described, database }, 'schema').map(
    ({ path, text }): TextSource => ({ from: 'text', path: `${name}/${path}`, text }),
  );
  return { texts, major: described.major, chosen: chosenNames(described.state, kindByName) };
}
