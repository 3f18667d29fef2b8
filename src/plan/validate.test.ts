/** That plans of this format are taken, later minor ones too, and that every departure is named with its place. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { samplePlan } from '../../test/support/sample-plan.js';
import type { Json } from '../core/json.js';
import { newDocument } from './arrange.js';
import type { RawDocument } from './file.js';
import { generatedSchemas } from './schema.js';
import { serialise } from './serialise.js';
import { validatePlan } from './validate.js';

/** The sample with the value at a path replaced; undefined removes it. */
function withValue(path: readonly (string | number)[], value: Json | undefined): RawDocument {
  const document = JSON.parse(serialise(newDocument(samplePlan()) as unknown as Json)) as RawDocument;
  let at = document as unknown as Record<string | number, unknown>;
  for (const name of path.slice(0, -1)) at = at[name] as Record<string | number, unknown>;
  const last = path.at(-1) as string;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return document;
}

function problems(document: RawDocument): readonly string[] {
  const validated = validatePlan(document);
  return validated.ok ? [] : validated.diagnostics.map(({ code, summary }) => `${code} ${summary}`);
}

describe('the plan format', () => {
  it('takes a plan, and members of a later minor version at every level', () => {
    expect(problems(withValue(['format_version'], '1.0'))).toEqual([]);
    expect(problems(withValue(['format_version'], '1.27'))).toEqual([]);
    expect(problems(withValue(['plan', 'future'], { any: [1] }))).toEqual([]);
    expect(problems(withValue(['plan', 'steps', 0, 'future'], 'x'))).toEqual([]);
    expect(problems(withValue(['plan', 'database', 'future'], null))).toEqual([]);
  });

  it('takes every allowed form of a member', () => {
    expect(problems(withValue(['plan', 'steps', 0, 'proven'], 'the type of the column has no seed'))).toEqual([]);
    expect(problems(withValue(['plan', 'steps', 0, 'lock'], null))).toEqual([]);
    expect(problems(withValue(['plan', 'steps', 0, 'undo'], { sql: ['drop table a'] }))).toEqual([]);
    expect(problems(withValue(['plan', 'created_at'], '2026-03-01T12:00:00.123Z'))).toEqual([]);
  });

  it('refuses another major version in its own words', () => {
    const [only] = problems(withValue(['format_version'], '2.0'));
    expect(only).toBe('SC6010 the plan has format 2.0, and this schemactl reads format 1');
    expect(problems(withValue(['format_version'], '0.9'))[0]).toContain('SC6010');
    for (const version of ['1', '1.0.0', '01.0', '1.x', '', ' 1.0']) {
      expect(problems(withValue(['format_version'], version))[0]).toContain('is not a version');
    }
  });

  it.each<[(string | number)[], Json | undefined, string]>([
    [['plan', 'id'], undefined, 'SC6011 plan has no member "id"'],
    [['plan', 'id'], 'not-a-uuid', 'SC6011 plan.id does not have the form'],
    [['plan', 'not_after'], null, 'SC6011 plan.not_after is not of type string'],
    [['plan', 'not_after'], 'tomorrow', 'SC6011 plan.not_after does not have the form'],
    [['plan', 'complete'], 'yes', 'SC6011 plan.complete is not of type boolean'],
    [['plan', 'steps', 0, 'phase'], 'later', 'SC6011 plan.steps[0].phase is none of expand, contract'],
    [['plan', 'steps', 0, 'lock', 'mode'], undefined, 'SC6011 plan.steps[0].lock has no member "mode"'],
    [['plan', 'steps', 0, 'lock_timeout_ms'], -1, 'SC6011 plan.steps[0].lock_timeout_ms is not valid'],
    [['plan', 'steps', 0, 'proven'], false, 'SC6011 plan.steps[0].proven is not'],
    [['plan', 'steps', 0, 'undo'], {}, 'SC6011 plan.steps[0].undo has no member'],
    [
      ['plan', 'steps', 0, 'undone_with'],
      { step: '1', takes: ['1'] },
      "SC6011 the plan's step 1 is undone with steps that it cannot be undone with",
    ],
    [['plan', 'steps', 0, 'undone_with'], { step: '1' }, 'SC6011 plan.steps[0].undone_with has no member "takes"'],
    [['plan', 'steps', 0, 'id'], '2', "SC6011 the plan's steps are not numbered in order: step 1 has id 2"],
    [['plan', 'footprint', 'table:app.orders'], 'md5:1', 'SC6011 plan.footprint["table:app.orders"] does not have the form'],
    [['plan', 'database', 'system_identifier'], 1, 'SC6011 plan.database.system_identifier is not of type string'],
    [['comment'], 'x', 'SC6011 the document has a member that does not belong there: "comment"'],
  ])('refuses %s = %s', (path, value, expected) => {
    expect(problems(withValue(path, value))[0]).toContain(expected);
  });

  it('is published as it validates', async () => {
    for (const { path, text } of generatedSchemas()) expect(await readFile(path, 'utf8')).toBe(text);
  });
});
