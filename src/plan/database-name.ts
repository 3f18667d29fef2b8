/** What desired files call the database that they are about: a desired state is of one database, whatever that is called where. Knows no kind. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { Declaration } from '../desired/declaration.js';

/** `database`: the one that is planned for; null: none is. */
export function databaseNameProblems(declarations: readonly Declaration[], database: string | null): readonly Diagnostic[] {
  const first = new Map<string, Declaration>();
  for (const declaration of declarations) {
    if (declaration.database !== undefined && !first.has(declaration.database)) first.set(declaration.database, declaration);
  }
  const [one = ''] = first.keys();
  if (first.size > 1) {
    const meant = database !== null && first.has(database) ? database : one;
    return [...first]
      .filter(([name]) => name !== meant)
      .map(([name, { span }]) => ({
        code: 'SC2204',
        severity: 'error',
        summary: `database ${name} is named where other statements name database ${meant}`,
        hint: 'a desired state is of one database: keep the settings of the other in files of their own',
        span,
      }));
  }
  const declaration = first.get(one);
  if (declaration === undefined || database === null || one === database) return [];
  return [
    {
      code: 'SC2204',
      severity: 'warning',
      summary: `the files call the database ${one}, and mean ${database} here`,
      hint: 'settings are declared for the database that the plan is made for, under any name; check that it is the right one',
      span: declaration.span,
    },
  ];
}
