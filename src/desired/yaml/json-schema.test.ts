/** Every key of the published JSON Schema says what it means; the values that it shows are ones that it takes. */
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../kinds/registry.js';
import { desiredSchema } from './json-schema.js';

type Schema = { readonly [key: string]: unknown };

const schema = desiredSchema(kinds) as Schema;

/** Keys of every map in the schema, with their own schemas: "tables.comment". */
function* keysOf(node: unknown, at: string): Generator<readonly [string, Schema]> {
  if (Array.isArray(node)) for (const item of node) yield* keysOf(item, at);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const { properties } = node as { readonly properties?: { readonly [key: string]: Schema } };
  for (const [key, value] of Object.entries(properties ?? {})) yield [`${at}.${key}`, value];
  for (const [key, value] of Object.entries(node))
    if (key !== 'examples') yield* keysOf(value, key === 'definitions' ? '' : `${at}.${key}`);
}

describe('the JSON Schema of desired YAML', () => {
  const keys = [...keysOf(schema, '')];

  it('describes every key, and shows a value of it', () => {
    console.log(`${keys.length} keys`);
    expect(keys.length).toBeGreaterThan(100);
    const ofAnyMap = keys.filter(([, value]) => value.description === undefined).map(([key]) => key);
    expect(ofAnyMap).toEqual([]);
    const withoutExample = keys.filter(([, value]) => !Array.isArray(value.examples) || value.examples.length === 0).map(([key]) => key);
    expect(withoutExample).toEqual([]);
  });

  it('takes its own examples', () => {
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
    for (const [key, value] of keys) {
      for (const example of Array.isArray(value.examples) ? value.examples : []) {
        // Compiling all definitions takes its time.
        const needsAll = JSON.stringify(value).includes('"$ref"');
        const validate = ajv.compile(needsAll ? { ...value, definitions: schema.definitions } : value);
        expect(validate(example), `${key}: ${JSON.stringify(example)} ${ajv.errorsText(validate.errors)}`).toBe(true);
      }
    }
  });
});
