/**
 * Broken YAML, a file for each fault. Its first comment lines say what validate says of it, one message for each place:
 * "line:column CODE summary", and below "hint: …".
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CODES } from '../src/core/codes.js';
import type { Diagnostic } from '../src/core/diagnostic.js';
import { validateDesired } from '../src/plan/validate-desired.js';
import { sortDiagnostics } from '../src/report/diagnostics.js';
import { testServer } from './support/database.js';
import { spec } from './support/made-plan.js';

const FOLDER = 'test/broken-yaml';
const files = readdirSync(FOLDER).sort();

/** The comment lines at the start, without their signs. */
function expected(name: string): readonly string[] {
  const lines = readFileSync(join(FOLDER, name), 'latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith('# '));
  return lines.slice(0, end).map((line) => Buffer.from(line.slice(2), 'latin1').toString('utf8'));
}

function said({ code, span, summary, hint, severity }: Diagnostic): readonly string[] {
  const place = `${span?.start.line}:${span?.start.column}`;
  return [`${place} ${severity === 'error' ? '' : `${severity} `}${code} ${summary}`, `  hint: ${hint ?? CODES[code]?.hint}`];
}

describe('broken YAML', () => {
  it('is there in plenty, and most files have one fault', () => {
    expect(files.length).toBeGreaterThanOrEqual(80);
    const several = files.filter((name) => expected(name).length !== 2);
    expect(several.filter((name) => !name.startsWith('several-'))).toEqual([]);
  });

  it.each(files)('%s', { timeout: 120_000 }, async (name) => {
    const path = join(FOLDER, name);
    const { url } = await testServer();
    const { diagnostics } = await validateDesired({ paths: [path], scratch: { kind: 'url', connection: spec(url) } });
    const lines = sortDiagnostics(diagnostics).flatMap(said);
    expect(lines.map((line) => line.replaceAll(path, name))).toEqual(expected(name));
    // Words of the JSON Schema validator and of the YAML parser are for programmers.
    const ours = lines.filter((line) => /SC104[0678] /.test(line));
    expect(ours.join('\n')).not.toMatch(
      /additional propert|must (?:be|have|match|NOT)|implicit|flow map|flow sequence|compact mapping|stringKeys/i,
    );
  });
});
