/** The names that PostgreSQL gives to constraints of domains that have none; knows no catalog, so a name taken by something else is not seen. */
import { str } from './ast.js';
import type { Ast } from './kind.js';

const LABELS: { readonly [contype: string]: string } = { CONSTR_CHECK: 'check', CONSTR_NOTNULL: 'not_null' };

/** The name of a Constraint node, null for what is no constraint (DEFAULT, NULL); adds it to `taken`. */
export function domainConstraintName(
  domain: string,
  constraint: Ast,
  taken: Set<string>,
): { readonly name: string; readonly named: boolean } | null {
  const label = LABELS[str(constraint, 'contype')];
  if (label === undefined) return null;
  const given = str(constraint, 'conname');
  const name = given === '' ? chosenName(domain, label, taken) : given;
  taken.add(name);
  return { name, named: given !== '' };
}

/** As ChooseConstraintName(): "<domain>_check", then "<domain>_check1"; the domain's name is cut to keep 63 bytes in all. */
function chosenName(domain: string, label: string, taken: ReadonlySet<string>): string {
  for (let n = 0; ; n += 1) {
    const suffix = `_${label}${n === 0 ? '' : n}`;
    let stem = domain;
    while (Buffer.byteLength(stem) > 63 - suffix.length) stem = [...stem].slice(0, -1).join('');
    if (!taken.has(stem + suffix)) return stem + suffix;
  }
}
