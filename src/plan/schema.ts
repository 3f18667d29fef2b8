/** The JSON Schema of the plan format, which both validates plans and is published; its member order is the order in the file. */
import type { JsonObject } from '../core/json.js';
import { PLAN_FORMAT } from '../core/plan.js';

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const count = { type: 'integer', minimum: 0 };
const ref = (name: string): JsonObject => ({ $ref: `#/definitions/${name}` });
const list = (items: JsonObject): JsonObject => ({ type: 'array', items });
const map = (values: JsonObject): JsonObject => ({ type: 'object', additionalProperties: values });
const orNull = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null' }] });
const oneOfWords = (...words: readonly string[]): JsonObject => ({ type: 'string', enum: words });
const described = (description: string, schema: JsonObject): JsonObject => ({ description, ...schema });

/** Members are required unless named optional; members that are not named here are let through (a later minor version's). */
function record(properties: JsonObject, optional: readonly string[] = []): JsonObject {
  return { type: 'object', required: Object.keys(properties).filter((name) => !optional.includes(name)), properties };
}

/** As `record`, but without room for more: what stands outside the signed part can never grow. */
function closed(properties: JsonObject): JsonObject {
  return { ...record(properties), additionalProperties: false };
}

const definitions: JsonObject = {
  hash: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
  instant: { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{3})?Z$' },
  attributes: described('Attributes of an object, as its kind defines them.', { type: 'object' }),
  footprint: described('Address -> hash of the object there; null: no such object.', map(orNull(ref('hash')))),
  source: record({ file: text, line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } }),
  hazard: record(
    {
      code: text,
      address: text,
      message: text,
      destructive: { type: 'boolean' },
      estimate: described('What is at stake.', orNull(record({ rows: count, bytes: count }))),
    },
    ['estimate'],
  ),
  change: record(
    {
      type: oneOfWords('add', 'drop', 'set', 'rename'),
      address: text,
      from: described('The old address of a rename.', text),
      before: ref('attributes'),
      after: ref('attributes'),
      source: ref('source'),
    },
    ['from', 'before', 'after', 'source'],
  ),
  note: record(
    {
      code: text,
      severity: oneOfWords('error', 'warning', 'info'),
      summary: text,
      detail: text,
      hint: text,
      address: text,
      source: ref('source'),
    },
    ['detail', 'hint', 'address', 'source'],
  ),
  step: record(
    {
      id: described('"1", "2" …, in the order of running.', { type: 'string', pattern: '^[1-9][0-9]{0,8}$' }),
      title: text,
      phase: oneOfWords('expand', 'contract'),
      transaction: described('"none": PostgreSQL refuses it inside a transaction block.', oneOfWords('transaction', 'none')),
      statements: list(record({ sql: text })),
      backfill: described(
        'The statement runs batch by batch, each in a transaction of its own: $1 is the key (text[]) after which a batch begins, $2 the one that it ends with.',
        record({
          table: text,
          key: described('Columns whose order the batches follow; empty: the blocks of the table.', texts),
          last: described('Query of one text[]: the last key when the backfill begins.', text),
          bound: described('Query of one text[]: where a batch of about $3 rows after $1 ends, at most $2.', text),
        }),
      ),
      checks: described(
        'Queries that find rows which stand in the way.',
        list(record({ when: oneOfWords('before', 'failed'), sql: text, message: text })),
      ),
      lock: described('The strongest lock taken on an existing relation.', orNull(record({ mode: text, address: text }))),
      lock_timeout_ms: count,
      statement_timeout_ms: count,
      hazards: list(ref('hazard')),
      estimate: orNull(record({ rows: count, bytes: count })),
      pins: described('Run first: they keep others from changing what the step touches until it commits.', texts),
      unpinned: described('Objects that the step touches and nothing pins.', list(record({ address: text, reason: text }))),
      requires: described(
        'Privileges that the statements need of "apply_as".',
        list(record({ privilege: text, on: orNull(text), role: text }, ['role'])),
      ),
      before: ref('footprint'),
      after: ref('footprint'),
      done_when: described('A query that is true when the step is done.', orNull(text)),
      proven: described('True, or why the step could not be proven in scratch.', { anyOf: [{ type: 'boolean', const: true }, text] }),
      data: described('"unproven": success depends on rows.', oneOfWords('independent', 'unproven')),
      recover: described('Statements that clear a half-state left by an interrupted run.', texts),
      undo: { anyOf: [record({ sql: texts }), record({ reason: text })] },
      undone_with: described(
        'Undoing step "step" (itself, or one before it) undoes it and the steps "takes" too: nothing else is run for any of them.',
        record({ step: text, takes: texts }),
      ),
      source: orNull(ref('source')),
    },
    ['backfill', 'checks', 'pins', 'unpinned', 'requires', 'undone_with'],
  ),
  plan: record(
    {
      id: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' },
      created_at: ref('instant'),
      not_after: described('The plan may be started until then.', ref('instant')),
      contract_not_after: described('The contract phase may be started until then.', orNull(ref('instant'))),
      contract_after_ms: described('How long after the expand phase the contract phase begins at the earliest.', count),
      contract_after_unused_ms: described('For how long nothing may have been seen to use what the contract phase takes away.', count),
      uses: described(
        'Names in statements of programs that the contract phase takes away.',
        list(record({ address: text, schema: text, relation: text, column: orNull(text) })),
      ),
      tool: record({ name: text, version: text }),
      database: record({
        system_identifier: orNull({ type: 'string', pattern: '^[0-9]+$' }),
        name: text,
        uuid: described('Identity given by the ledger; null before the first apply.', orNull(text)),
        server_version: text,
        major: { type: 'integer', minimum: 1 },
      }),
      apply_as: described('The role that the steps run as.', text),
      settings: described('Session settings pinned while the steps run.', map(text)),
      environment: orNull(text),
      scope: record({ managed: texts, ignored: texts, schemas: texts, declared: texts }),
      desired: record(
        {
          digest: ref('hash'),
          commit: orNull(text),
          files: list(record({ path: text, digest: ref('hash') })),
          variables: described(
            'Values of the variables that the files use: texts, whole numbers, flags, and names as {"identifier": name}.',
            map({ anyOf: [text, { type: 'integer' }, { type: 'boolean' }, record({ identifier: text })] }),
          ),
        },
        ['variables'],
      ),
      policy: record({
        decisions: list(record({ hazard: text, address: text, decision: oneOfWords('allowed', 'warned', 'blocked'), rule: orNull(text) })),
        allowed: list(record({ hazard: text, address: orNull(text), by: text, reason: orNull(text) })),
      }),
      before: record({
        fingerprint: ref('hash'),
        objects: described(
          'Address -> first 16 hex digits of the hash, of every managed object.',
          map({ type: 'string', pattern: '^[0-9a-f]{16}$' }),
        ),
      }),
      after: record({ fingerprint: ref('hash') }),
      footprint: ref('footprint'),
      families: described('Objects of which the footprint holds every part.', texts),
      rows: described(
        'Tables of which rows are declared, and which rows.',
        list(
          record(
            {
              schema: text,
              table: text,
              key: texts,
              columns: described('The other columns whose values are declared.', texts),
              only: described('Keys of the rows that are looked at; null: all.', orNull(list(texts))),
              was: described(
                'Names before the renames.',
                record({ schema: text, table: text, columns: map(text) }, ['schema', 'table', 'columns']),
              ),
            },
            ['was'],
          ),
        ),
      ),
      changes: list(ref('change')),
      steps: list(ref('step')),
      notes: list(ref('note')),
      supersedes: described('Ids of open plans that are given up when this one starts.', texts),
      complete: described('False when applying it does not reach the desired state.', { type: 'boolean' }),
    },
    ['contract_after_ms', 'contract_after_unused_ms', 'uses', 'families', 'rows', 'supersedes'],
  ),
  signature: described(
    'A DSSE 1.0 envelope over the in-toto statement that is recomputed from "plan".',
    closed({
      payloadType: { type: 'string', const: 'application/vnd.in-toto+json' },
      payload: text,
      signatures: { ...list(closed({ keyid: text, sig: text })), minItems: 1 },
    }),
  ),
};

export const PLAN_SCHEMA: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:schemactl:schema:plan:1',
  title: 'schemactl plan',
  description: 'A plan of schemactl, format 1. Members added by later 1.x formats are let through.',
  ...closed({
    format: { type: 'string', const: PLAN_FORMAT },
    format_version: { type: 'string', pattern: '^1\\.(0|[1-9][0-9]{0,5})$' },
    plan: ref('plan'),
    signatures: list(ref('signature')),
  }),
  definitions,
};

/** Files to publish, by path from the root of the package. */
export function generatedSchemas(): { readonly path: string; readonly text: string }[] {
  return [{ path: 'schemas/plan.schema.json', text: `${JSON.stringify(PLAN_SCHEMA, null, 2)}\n` }];
}
