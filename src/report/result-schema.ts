/**
 * What every command answers with --json: its statuses and members, from which results are made and the JSON Schema is published.
 * Knows the names of the commands, not the commands.
 */
import { ExitCode } from '../core/exit-code.js';
import type { JsonObject } from '../core/json.js';
import { OPERATION_RESULTS } from './operations-schema.js';
import { type CommandResult, count, described, list, orNull, record, text } from './schema-terms.js';

export const RESULT_FORMAT = 'schemactl-result';
export const RESULT_FORMAT_VERSION = '1.0';

const plan = described('A plan file as plan.schema.json describes it.', {
  type: 'object',
  required: ['format', 'format_version', 'plan', 'signatures'],
  properties: { format: { const: 'schemactl-plan' } },
});

export const COMMAND_RESULTS: Readonly<Record<string, CommandResult>> = {
  apply: {
    statuses: ['done', 'already-applied', 'nothing'],
    members: { steps_run: described('Steps of this run that took effect; after a failure too.', count) },
  },
  completion: { statuses: ['done'], members: { script: described('For the shell that was named.', text) } },
  diff: {
    statuses: ['same', 'different', 'unmanaged'],
    members: {
      address: described('The object, by its new name.', text),
      changes: list(
        record({
          address: text,
          change: { type: 'string', enum: ['add', 'drop', 'set', 'rename', 'replace'] },
          from: described('The old address of a rename.', orNull(text)),
          attributes: list(
            record({
              name: text,
              before: described('In words; null: not set.', orNull(text)),
              after: described('In words; null: not set.', orNull(text)),
            }),
          ),
          why: text,
          source: orNull(record({ file: text, line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } })),
          steps: described('Ids of the steps of the plan that do it.', list(text)),
        }),
      ),
      steps: list(record({ id: text, title: text })),
    },
  },
  explain: {
    statuses: ['done'],
    members: {
      entries: list(
        record(
          {
            name: described('A diagnostic code or a hazard.', text),
            about: { type: 'string', enum: ['diagnostic', 'hazard'] },
            title: text,
            cause: described('How a diagnostic comes about, or what is at stake with a hazard.', text),
            hint: described('The usual way out.', text),
            example: described('What it looks like when it is right.', text),
            page: described('Where the documentation has it, from the root of the package.', text),
          },
          ['example'],
        ),
      ),
    },
  },
  export: {
    statuses: ['done'],
    members: {
      dir: described('The folder that was written to.', orNull(text)),
      files: list(record({ path: described('From the folder.', text), text })),
    },
  },
  fmt: { statuses: ['done', 'nothing', 'changes'], members: { files: described('Files that were, or would be, written.', list(text)) } },
  graph: {
    statuses: ['done'],
    members: {
      nodes: described('Addresses of objects that are part of no other.', list(text)),
      edges: list(record({ from: described('Who needs.', text), to: described('Who is needed.', text) })),
    },
  },
  init: {
    statuses: ['done'],
    members: {
      files: described('What was written, from where the command ran.', list(text)),
      plan: described('With --url: the comparison with the database.', orNull(plan)),
      left_alone: list(
        record({
          address: text,
          ignored_by: described('The pattern that it matches; null: no pattern of manage names it.', orNull(text)),
        }),
      ),
      unmodelled: described("What schemactl does not manage yet, in PostgreSQL's own words.", list(text)),
    },
  },
  keygen: { statuses: ['done'], members: { keyid: text, private_key_file: text, public_key_file: text } },
  plan: {
    statuses: ['changes', 'no-changes', 'blocked'],
    members: { plan, saved: described('The file that --out named, when the plan was saved.', orNull(text)) },
  },
  pull: {
    statuses: ['done', 'nothing', 'changes'],
    members: {
      files: list(
        record({
          path: text,
          is: { type: 'string', enum: ['new', 'changed', 'removed'] },
          diff: described('Unified, three lines of context.', text),
        }),
      ),
      addresses: described('Objects that the files now say as the database has them; with --check: would say.', list(text)),
    },
  },
  show: { statuses: ['done'], members: { plan } },
  snapshot: {
    statuses: ['done'],
    members: { out: described('The file that was written; null: standard output.', orNull(text)), objects: count },
  },
  validate: { statuses: ['valid', 'invalid'], members: { objects: count, files: list(text) } },
  verify: {
    statuses: ['in-order'],
    members: {
      plan_id: text,
      digest: text,
      standing: described('What the ledger knows of the plan; null: no database was asked.', {
        enum: ['fresh', 'resume', 'already-applied', null],
      }),
      signers: list(record({ name: text, keyid: text })),
    },
  },
  ...OPERATION_RESULTS,
};

const UNFINISHED = ['failed', 'interrupted'];

const position = record({ line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 }, offset: count });

const definitions: JsonObject = {
  span: described(
    'A range of a file, end exclusive; lines and columns from 1, offsets from 0, in characters.',
    record({ file: text, start: position, end: position }),
  ),
  diagnostic: record(
    {
      code: described('A code that "schemactl explain" knows.', { type: 'string', pattern: '^SC[0-9]{4}$' }),
      severity: { type: 'string', enum: ['error', 'warning', 'info'] },
      summary: text,
      detail: text,
      hint: described('The way out; every error has one.', text),
      address: text,
      span: { $ref: '#/definitions/span' },
      related: list(record({ message: text, span: { $ref: '#/definitions/span' } })),
    },
    ['detail', 'hint', 'address', 'span', 'related'],
  ),
};

/** What holds for one command beside what holds for all. */
function branch([command, { statuses, members }]: readonly [string, CommandResult]): JsonObject {
  return {
    if: { properties: { command: { const: command } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: {
      properties: { status: { enum: [...statuses, ...UNFINISHED] }, ...members },
      if: { properties: { status: { not: { enum: UNFINISHED } } } },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { required: Object.keys(members) },
    },
  };
}

export const RESULT_SCHEMA: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:schemactl:schema:result:1',
  title: 'schemactl result',
  description: 'What a command of schemactl writes to standard output with --json, format 1. Later 1.x formats may add members.',
  ...record({
    format: { type: 'string', const: RESULT_FORMAT },
    format_version: { type: 'string', pattern: '^1\\.(0|[1-9][0-9]{0,5})$' },
    command: described('Null: the command line names none that exists.', { enum: [...Object.keys(COMMAND_RESULTS), null] }),
    exit_code: described('The same as that of the process.', { enum: Object.values(ExitCode) }),
    status: text,
    diagnostics: list({ $ref: '#/definitions/diagnostic' }),
  }),
  allOf: [
    ...Object.entries(COMMAND_RESULTS).map(branch),
    {
      if: { properties: { command: { const: null } } },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { properties: { status: { enum: UNFINISHED } } },
    },
    {
      if: { properties: { status: { enum: UNFINISHED } } },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { properties: { exit_code: { not: { const: ExitCode.done } } } },
    },
  ],
  definitions,
};

/** Files to publish, by path from the root of the package. */
export function generatedSchemas(): { readonly path: string; readonly text: string }[] {
  return [{ path: 'schemas/result.schema.json', text: `${JSON.stringify(RESULT_SCHEMA, null, 2)}\n` }];
}
