/** The JSON Schema of snapshot files, which both validates them and is published; its member order is the order in the file. */
import type { JsonObject } from '../core/json.js';

export const SNAPSHOT_FORMAT = 'schemactl-snapshot';
/** A new minor version only adds members, which older readers pass over; a new major version is refused by them. */
export const SNAPSHOT_FORMAT_VERSION = '1.0';

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const described = (description: string, schema: JsonObject): JsonObject => ({ description, ...schema });
const record = (properties: JsonObject): JsonObject => ({ type: 'object', required: Object.keys(properties), properties });
const textOrNull = { anyOf: [text, { type: 'null' }] };

const object = record({
  address: described('What it is called, kind first, as in plans.', text),
  kind: text,
  parts: described('Unquoted names, outermost first.', texts),
  signature: described('"(integer, text)" for what is named with its argument types, else "".', text),
  parent: described('Address of what it lives in or is attached to.', textOrNull),
  qualifier: described('What follows "@" in the address.', textOrNull),
  depends_on: described('Addresses of what must exist for it to exist.', texts),
  goes_with: described('Those of them whose drop takes it along.', texts),
  attributes: described('As its kind defines them.', { type: 'object' }),
});

export const SNAPSHOT_SCHEMA: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:schemactl:schema:snapshot:1',
  title: 'schemactl snapshot',
  description: 'What a database held when schemactl snapshot ran, format 1. It holds no rows and no secrets.',
  ...record({
    format: { type: 'string', const: SNAPSHOT_FORMAT },
    format_version: { type: 'string', pattern: '^1\\.(0|[1-9][0-9]{0,5})$' },
    server: record({ major: described('Major version of the server.', { type: 'integer', minimum: 1 }) }),
    objects: described('In the order of their addresses.', { type: 'array', items: { $ref: '#/definitions/object' } }),
    new_database: described('What every new database of that server holds, which need not be created.', {
      type: 'array',
      items: { $ref: '#/definitions/object' },
    }),
  }),
  definitions: { object },
};

/** Files to publish, by path from the root of the package. */
export function generatedSchemas(): readonly { readonly path: string; readonly text: string }[] {
  return [{ path: 'schemas/snapshot.schema.json', text: `${JSON.stringify(SNAPSHOT_SCHEMA, null, 2)}\n` }];
}
