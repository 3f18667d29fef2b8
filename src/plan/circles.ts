/** Declarations that need each other: one finding for the circle instead of one for each of its members. Pure; knows no kind. */
import type { Diagnostic, Span } from '../core/diagnostic.js';

/**
 * A circle that kept its members from being created is an error at its first member, and what PostgreSQL says of each ("does not exist",
 * about another one that failed for the same reason) goes. Circles that kept nothing away stay what they were.
 */
export function withCircles(errors: readonly Diagnostic[], circles: readonly Diagnostic[]): readonly Diagnostic[] {
  let rest = errors;
  const found = circles.map((circle): Diagnostic => {
    const members = [circle.span, ...(circle.related ?? []).map(({ span }) => span)];
    const isMember = (span: Span | undefined): boolean => members.some((member) => member && span && contains(member, span));
    const isConsequence = (error: Diagnostic): boolean =>
      error.code === 'SC1203' && isMember(error.span) && (error.related ?? []).some(({ span }) => isMember(span));
    const others = rest.filter((error) => !isConsequence(error));
    const kept = others.length < rest.length;
    rest = others;
    return kept ? { ...circle, severity: 'error' } : circle;
  });
  return [...rest, ...found];
}

function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start.offset <= inner.start.offset && inner.start.offset < outer.end.offset;
}
