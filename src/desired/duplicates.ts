/** Things that are declared twice, over all files together; knows no language and no kind. */
import type { Diagnostic, Span } from '../core/diagnostic.js';
import type { NameRef } from '../kinds/kind.js';
import type { Declaration } from './declaration.js';
import type { FileContent } from './file-content.js';
import { providedKey } from './names.js';

export interface Distinct {
  readonly declarations: readonly Declaration[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Names that stand for one thing only; routines and operators are told apart by their argument types, in their addresses. */
const UNIQUE: ReadonlySet<NameRef['space']> = new Set(['relation', 'type', 'schema', 'extension', 'collation']);

interface Earlier {
  readonly declaration: Declaration;
  readonly span: Span;
}

/** The declarations without those that a file says again, and what is wrong with saying them again. */
export function distinctDeclarations(files: readonly FileContent[]): Distinct {
  const seen = new Map<string, Earlier>();
  const kept: Declaration[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    for (const declaration of file.declarations) {
      const claims = claimsOf(declaration);
      const clash = claims.find(([key]) => seen.has(key));
      const earlier = clash && seen.get(clash[0]);
      if (clash && earlier) {
        const finding = judge(declaration, earlier, clash, file.optional?.has(declaration) ?? false);
        if (finding !== null) {
          diagnostics.push(finding);
          continue;
        }
      }
      kept.push(declaration);
      for (const [key, span] of claims) if (!seen.has(key)) seen.set(key, { declaration, span });
    }
  }
  return { declarations: kept, diagnostics };
}

type Claim = readonly [key: string, span: Span, title: string];

function claimsOf(declaration: Declaration): readonly Claim[] {
  const objects = declaration.declares
    .filter((object) => object.named)
    .map((object): Claim => [`address\0${object.address}`, object.span, object.address]);
  const names = declaration.provides
    .filter((ref) => UNIQUE.has(ref.space))
    .map((ref): Claim => [providedKey(ref, declaration), declaration.span, [ref.schema, ref.name].filter(Boolean).join('.')]);
  return [...objects, ...names];
}

/** Null: both stand. */
function judge(declaration: Declaration, earlier: Earlier, [, span, title]: Claim, optional: boolean): Diagnostic | null {
  const related = [{ message: 'first declared here', span: earlier.span }];
  if (optional) {
    return {
      code: 'SC1011',
      severity: 'warning',
      summary: `${title} is declared already: this statement adds nothing`,
      hint: 'remove one of the two',
      span,
      related,
    };
  }
  // ALTERs fold into what was created.
  if (declaration.provides.length === 0 && earlier.declaration.provides.length > 0) return null;
  if (declaration.repeatable && !replacesElsewhere(declaration, earlier)) return null;
  return { code: 'SC1010', severity: 'error', summary: `${title} is declared twice`, hint: 'remove one of the two', span, related };
}

/** In one file the later CREATE OR REPLACE holds (pg_dump's placeholder views); between files nothing says which is the later one. */
function replacesElsewhere(declaration: Declaration, earlier: Earlier): boolean {
  return (
    /^create\s+or\s+replace\b/i.test(declaration.sql) &&
    declaration.span.file !== earlier.span.file &&
    declaration.sql !== earlier.declaration.sql
  );
}
