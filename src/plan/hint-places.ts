/** Whether each hint speaks of one thing that is declared, and alone: checked before anything is planned. Knows no kind. */
import { type Address, nameOf } from '../core/address.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { State } from '../core/object.js';
import { nearest } from '../core/suggest.js';
import type { Hint } from '../desired/declaration.js';

export function misplacedHints(hints: readonly Hint[], state: State): readonly Diagnostic[] {
  return [...hints.filter((hint) => hint.apart && !state.has(hint.address)).map((hint) => aimless(hint, state)), ...repeated(hints)];
}

function aimless({ address, name, span }: Hint, state: State): Diagnostic {
  const overloads = [...state.keys()].filter((other) => other.startsWith(`${address}(`));
  const finding = { code: 'SC1074', severity: 'error', address, span } as const;
  if (overloads.length > 0) {
    const summary = `the hint ${name} speaks of ${nameOf(address)}, which ${overloads.length === 1 ? 'is' : 'may be'} called by its arguments`;
    return { ...finding, summary, hint: `write ${overloads.join(' or ')}` };
  }
  const meant = nearest(address, state.keys());
  return {
    ...finding,
    summary: `the hint ${name} speaks of ${address}, which the desired state does not have`,
    hint: meant === null ? 'correct the address, or remove the hint' : `did you mean ${meant}?`,
  };
}

/** Two sources may each say how one object came about; whichever came last would win by accident. */
function repeated(hints: readonly Hint[]): readonly Diagnostic[] {
  const first = new Map<string, Hint>();
  return hints.flatMap((hint): readonly Diagnostic[] => {
    const key = `${hint.name} ${hint.address satisfies Address}`;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, hint);
      return [];
    }
    return [
      {
        code: 'SC1075',
        severity: 'error',
        summary: `the hint ${hint.name} of ${hint.address} is given twice`,
        hint: 'keep one of them',
        address: hint.address,
        span: hint.span,
        related: [{ message: 'the first one is here', span: before.span }],
      },
    ];
  });
}
