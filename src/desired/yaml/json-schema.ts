/** The JSON Schema (draft-07, which editors understand) of desired YAML files, put together from the kinds' slots; names no kind. */
import type { JsonObject } from '../../core/json.js';
import type { Kind } from '../../kinds/kind.js';
import { HINTS_KEY, hintsSchema } from './hints.js';
import { type SlotNode, type SlotTree, slotId, slotTree } from './slot-tree.js';

export const SCHEMA_URL = 'https://unpkg.com/schemactl/schemas/desired.schema.json';

const TEXT: JsonObject = { type: 'string', minLength: 1 };

const EXPRESSION: JsonObject = { type: ['string', 'number', 'boolean'], title: 'an expression in SQL' };

const RENAMED: JsonObject = {
  type: 'object',
  additionalProperties: TEXT,
  minProperties: 1,
  title: 'a map from new names to old ones',
  examples: [{ paid: 'payed' }],
};

const HINTS: { readonly [name: string]: JsonObject } = {
  renamed_from: { ...TEXT, description: 'Its old name: it is renamed, not dropped and created.', examples: ['client_id'] },
  renamed_values: { ...RENAMED, description: 'New labels and their old names: they are renamed, not dropped and added.' },
  renamed_fields: { ...RENAMED, description: 'New fields and their old names: they are renamed, not dropped and added.' },
  using: {
    ...EXPRESSION,
    description: 'Expression that turns old values into new ones when the type changes.',
    examples: ['status::app.order_status'],
  },
  down: {
    ...TEXT,
    description: 'The column that this one and others take the place of, and the expression over them that gives it: name = first || last.',
    examples: ["name = first || ' ' || last"],
  },
  backfill: { ...EXPRESSION, description: 'Expression that fills existing rows.', examples: ["'unknown'"] },
  deprecated: {
    anyOf: [{ const: true }, TEXT],
    title: 'true, or a reason',
    description: 'Not used any more.',
    examples: [true, 'use orders_v2'],
  },
};

export function desiredSchema(kinds: readonly Kind[]): JsonObject {
  const tree = slotTree(kinds);
  const { key, description } = tree.opening;
  const filled = tree.all.find(({ slot }) => slot.hints?.includes('backfill'));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: SCHEMA_URL,
    title: 'schemactl desired state',
    description: 'What a PostgreSQL schema is to be. Names are exact; types, expressions and references are SQL.',
    type: 'object',
    additionalProperties: false,
    properties: {
      [key]: { ...TEXT, title: 'the name of a schema', description, examples: ['app'] },
      [HINTS_KEY]: hintsSchema(HINTS, filled?.kind.name ?? ''),
      ...sections(tree, ''),
    },
    definitions: Object.fromEntries(tree.all.filter(({ slot }) => slot.properties).map((node) => [slotId(node.slot), entry(tree, node)])),
  };
}

function sections(tree: SlotTree, within: string): JsonObject {
  return Object.fromEntries(tree.inside(within).map((node) => [node.slot.section, section(tree, node)]));
}

/** The value of a slot's key. */
function section(tree: SlotTree, { slot, kind }: SlotNode): JsonObject {
  const { example } = slot;
  const description = { description: slot.description, ...(example === undefined ? {} : { examples: [example] }) };
  if (slot.value) return { ...description, ...slot.value };
  const one: JsonObject = { $ref: `#/definitions/${slotId(slot)}` };
  // draft-07 ignores what stands beside a $ref.
  if (slot.form === 'single') return { ...description, allOf: [one] };
  const several: JsonObject = { type: 'array', items: one, minItems: 1, title: 'a list of definitions' };
  const member: JsonObject = slot.overloads
    ? { anyOf: [one, several], title: 'a map, or a list of maps where several have the name' }
    : one;
  const map: JsonObject = { type: 'object', additionalProperties: member, title: 'a map from names to definitions' };
  if (slot.form === 'map') return { ...description, ...map };
  const list: JsonObject = {
    type: 'array',
    items: entry(tree, { slot: { ...slot, nameable: true }, kind }),
    title: 'a list of definitions',
  };
  return { ...description, anyOf: [map, list], title: 'a map from names to definitions, or a list of them' };
}

function entry(tree: SlotTree, { slot }: SlotNode): JsonObject {
  const properties: JsonObject = {
    ...(slot.nameable
      ? { name: { ...TEXT, description: 'Its name; PostgreSQL chooses one when none is given.', examples: ['orders_total_check'] } }
      : {}),
    ...slot.properties,
    ...sections(tree, slotId(slot)),
    ...Object.fromEntries((slot.hints ?? []).map((hint) => [hint, HINTS[hint] ?? TEXT])),
  };
  const record: JsonObject = {
    type: 'object',
    additionalProperties: false,
    properties,
    ...(slot.required ? { required: slot.required } : {}),
    title: 'a map',
  };
  const short = slot.short === undefined ? undefined : (slot.properties?.[slot.short] as JsonObject | undefined);
  if (short) return { anyOf: [short, record], title: `${titleOf(short)}, or a map` };
  // What needs nothing said may have nothing behind its colon.
  return slot.required ? record : { ...record, type: ['object', 'null'] };
}

const WORDS: { readonly [type: string]: string } = { string: 'text' };

function titleOf(schema: JsonObject): string {
  if (typeof schema.title === 'string') return schema.title;
  if (Array.isArray(schema.enum)) return `one of: ${schema.enum.join(', ')}`;
  return WORDS[String(schema.type)] ?? String(schema.type);
}
