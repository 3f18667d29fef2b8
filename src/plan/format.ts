/** Desired files -> those whose YAML is not in the usual form, with the text that they should have. Writes nothing; knows no kind. */
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import type { Variables } from '../core/variables.js';
import { loadDesired } from '../desired/load.js';
import { readText } from '../desired/read-text.js';
import { formatYaml } from '../desired/yaml/format.js';
import { kinds } from '../kinds/registry.js';
import { desiredInput } from './desired-input.js';
import { isLackOfValue } from './lacking-values.js';

export interface FormatOutcome {
  readonly files: readonly { readonly path: string; readonly before: string; readonly after: string }[];
  /** How many YAML files there are. */
  readonly looked: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** The form of a file does not hang on the values of its variables, so that they need not be there. */
export async function formatFiles(paths: readonly string[], variables: Variables | null = null): Promise<FormatOutcome> {
  const desired = await loadDesired(desiredInput(paths, null, variables));
  const yaml = desired.files.filter(({ path }) => /\.ya?ml$/i.test(path));
  const inYaml = desired.diagnostics.filter(
    (found) => found.severity === 'error' && !isLackOfValue(found) && (found.span === undefined || /\.ya?ml$/i.test(found.span.file)),
  );
  if (inYaml.length > 0) return { files: [], looked: yaml.length, diagnostics: inYaml };
  const files: { path: string; before: string; after: string }[] = [];
  for (const { path } of yaml) {
    const read = await readText(path);
    if ('diagnostic' in read) throw new DiagnosticError([read.diagnostic]);
    const after = formatYaml(read.text, kinds);
    if (after !== null && after !== read.text) files.push({ path, before: read.text, after });
  }
  return { files, looked: yaml.length, diagnostics: [] };
}
