/** The roles that declarations name; knows no server. */
import type { Declaration } from './declaration.js';

/** Predefined ones and the words that only look like roles left out. */
export function rolesNamed(declarations: readonly Declaration[]): readonly string[] {
  const names = declarations.flatMap(({ uses }) => uses.filter((ref) => ref.space === 'role').map((ref) => ref.name));
  return [...new Set(names)].filter((name) => !/^(pg_.*|public|current_user|current_role|session_user)$/.test(name)).sort();
}
