/** Nodes of a YAML document as the kinds' slots see them; knows no kind and no slot. */
import type { YamlEntry, YamlPath } from '../../kinds/yaml-slot.js';
import type { YamlFile } from './yaml-file.js';

/** `short` is the key that a value stands for which is no map. */
export function entryAt(yaml: YamlFile, path: YamlPath, value: unknown, name: string | null, short?: string): YamlEntry {
  const member = (key: string): YamlEntry | null => {
    if (isMap(value)) return Object.hasOwn(value, key) ? entryAt(yaml, [...path, key], value[key], key) : null;
    return key === short && value !== null && value !== undefined ? entryAt(yaml, path, value, key) : null;
  };
  const get = (key: string): YamlEntry | null => {
    const found = member(key);
    return found === null || found.value === null || found.value === undefined ? null : found;
  };
  return {
    path,
    name,
    value,
    get,
    has: (key) => member(key) !== null,
    flag: (key) => get(key)?.value === true,
    items: () => {
      if (Array.isArray(value)) return value.map((item, index) => entryAt(yaml, [...path, index], item, null));
      if (!isMap(value)) return [];
      return yaml.keys(path).map((key) => entryAt(yaml, [...path, key], value[key], key));
    },
    text: () => yaml.scalar(path),
    sql: () => yaml.sql(path),
    fileText: () => yaml.fileText(path),
    fileSql: () => yaml.fileSql(path),
  };
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
