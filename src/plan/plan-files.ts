/**
 * A plan file -> the desired files that it was made from, found again by their digests: in the working folder, or in the commit that the
 * plan names. Knows nothing of what they say; whether the plan is to be trusted is not asked, since nothing of it but names is used.
 */
import { readFile } from 'node:fs/promises';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { sha256 } from '../core/hash.js';
import type { PlanBody } from '../core/plan.js';
import type { TextSource } from '../core/source.js';
import { fixedVariables } from '../core/variables.js';
import { whole } from '../desired/read-text.js';
import { readRevision } from '../desired/revision.js';
import { openPlan, readPlanFile } from './file.js';
import { validatePlan } from './validate.js';

export interface PlanFiles {
  readonly texts: readonly TextSource[];
  readonly major: number;
}

type WantedFile = PlanBody['desired']['files'][number];

/** @throws DiagnosticError for a file that is no plan, and SC1073 for each desired file that cannot be found as it was. */
export async function filesOfPlan(file: string): Promise<PlanFiles> {
  const opened = openPlan(await readPlanFile(file), file);
  if (!opened.ok) throw new DiagnosticError(opened.diagnostics);
  const valid = validatePlan(opened.document);
  if (!valid.ok) throw new DiagnosticError(valid.diagnostics);
  const { desired, database } = valid.document.plan;
  const variables = desired.variables === undefined ? {} : { variables: fixedVariables(desired.variables) };
  const texts: TextSource[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const wanted of desired.files) {
    const text = (await workingCopy(wanted)) ?? (await committed(wanted, desired.commit));
    if (text !== null) texts.push({ from: 'text', path: `plan:${file}/${wanted.path}`, text, ...commitOf(desired.commit), ...variables });
    else diagnostics.push(lost(file, wanted, desired.commit));
  }
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
  return { texts, major: database.major };
}

function commitOf(commit: string | null): { readonly commit?: string } {
  return commit === null ? {} : { commit };
}

/** A digest is of the bytes: the same text with a byte order mark is another file. */
async function workingCopy({ path, digest }: WantedFile): Promise<string | null> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null || sha256(bytes) !== digest) return null;
  return new TextDecoder().decode(bytes);
}

async function committed({ path, digest }: WantedFile, commit: string | null): Promise<string | null> {
  if (commit === null || !/^[0-9a-f]{40,64}$/.test(commit)) return null;
  // "main:schemas/app.sql": what was read from git is called by its revision, which may have moved since.
  const inside = path.slice(path.indexOf(':') + 1);
  for (const candidate of new Set([path, inside])) {
    const { files } = await readRevision({ from: 'git', revision: commit, path: candidate, folder: '.' });
    const [found] = files;
    if (files.length === 1 && found?.sha256 === digest) return found.text;
  }
  return null;
}

function lost(file: string, { path }: WantedFile, commit: string | null): Diagnostic {
  return {
    code: 'SC1073',
    severity: 'error',
    summary: `${path}, which the plan was made from, cannot be found as it was`,
    detail:
      commit === null
        ? 'the plan names no commit, and the file is not there or has changed since'
        : `it is not in the working folder as it was, nor in the commit ${commit}`,
    hint: 'run this in the folder where the plan was made, with that commit at hand; or name the source itself',
    span: whole(file),
  };
}
