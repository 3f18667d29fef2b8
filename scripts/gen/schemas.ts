/** The published JSON Schemas, from the code that validates with them. */
import { generatedSchemas as configSchemas } from '../../src/config/schema.js';
import { desiredSchema } from '../../src/desired/yaml/json-schema.js';
import { kinds } from '../../src/kinds/registry.js';
import { generatedSchemas as planSchemas } from '../../src/plan/schema.js';
import { generatedSchemas as snapshotSchemas } from '../../src/plan/snapshot-schema.js';
import { generatedSchemas as resultSchemas } from '../../src/report/result-schema.js';

export async function generate(): Promise<ReadonlyMap<string, string>> {
  const files = [
    ...configSchemas(),
    ...planSchemas(),
    ...snapshotSchemas(),
    ...resultSchemas(),
    { path: 'schemas/desired.schema.json', text: `${JSON.stringify(desiredSchema(kinds), null, 2)}\n` },
  ];
  return new Map(files.map(({ path, text }) => [path, text]));
}
