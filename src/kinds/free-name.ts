/** Finding a name that nothing has, for an object that is built beside the one it replaces; knows no kind. */
import type { SchemaObject, State } from '../core/object.js';

/** PostgreSQL cuts longer names off. */
const LONGEST = 63;

/** `name` with a suffix that no object of its schema has as its last name, in either state; the same states give the same name. */
export function freeName(object: SchemaObject, states: readonly State[]): string {
  return freeNameFor(object.parts.at(-1) ?? '', '_new', object.parts[0] ?? '', states);
}

/** As freeName, for what no object is made for yet. */
export function freeNameFor(name: string, ending: string, schema: string, states: readonly State[]): string {
  const taken = new Set<string>();
  for (const state of states) {
    for (const other of state.values()) {
      const last = other.parts.at(-1);
      if (last !== undefined && other.parts[0] === schema) taken.add(last);
    }
  }
  for (let n = 1; ; n += 1) {
    const suffix = n === 1 ? ending : `${ending}${n}`;
    const candidate = shorten(name, LONGEST - suffix.length) + suffix;
    if (!taken.has(candidate)) return candidate;
  }
}

/** At most `bytes` bytes of UTF-8, whole characters. */
export function shorten(name: string, bytes: number): string {
  let end = name;
  while (Buffer.byteLength(end) > bytes) end = [...end].slice(0, -1).join('');
  return end;
}

/** Whether anything in the state needs the object: then it cannot be swapped for a new one under its back. */
export function hasDependants(state: State, object: SchemaObject): boolean {
  for (const other of state.values()) {
    if (other.address !== object.address && other.dependsOn.includes(object.address)) return true;
  }
  return false;
}
