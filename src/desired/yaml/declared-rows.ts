/** Which tables of a YAML text have rows declared, by the form alone; reads no rows and knows no slot. */
import { parseYamlDocuments } from './yaml-file.js';

/** "schema table" of each, whether the rows stand in the table or apart from it; nothing of a text that is no YAML. */
export function tablesWithRows(text: string): readonly string[] {
  return parseYamlDocuments('', text, 'SC1040').flatMap(({ value, diagnostics }) => {
    if (diagnostics.length > 0 || !isMap(value)) return [];
    const schema = typeof value.schema === 'string' ? value.schema : 'public';
    const inside = isMap(value.tables) ? Object.entries(value.tables).filter(([, entry]) => isMap(entry) && 'rows' in entry) : [];
    const apart = isMap(value.rows) ? Object.keys(value.rows) : [];
    return [...inside.map(([table]) => table), ...apart].map((table) => `${schema} ${table}`);
  });
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
