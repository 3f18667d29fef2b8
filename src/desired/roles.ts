/** The roles that declarations name; knows no server. */
import type { Declaration } from './declaration.js';

/** Predefined ones, the words that only look like roles, and those that they make themselves left out. */
export function rolesNamed(declarations: readonly Declaration[]): readonly string[] {
  const names = declarations.flatMap(({ uses }) => uses.filter((ref) => ref.space === 'role').map((ref) => ref.name));
  const made = new Set(declarations.flatMap(({ provides }) => provides.filter((ref) => ref.space === 'role').map((ref) => ref.name)));
  return [...new Set(names)]
    .filter((name) => !made.has(name) && !/^(pg_.*|public|current_user|current_role|session_user)$/.test(name))
    .sort();
}
