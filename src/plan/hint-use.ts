/** Keeps count of which hints a plan used: one that nothing used is an error, never silence. Knows no kind. */
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Hint } from '../desired/declaration.js';

/** Lives as long as one planning run. */
export class HintUse {
  private readonly used: Set<Hint>;

  constructor(
    private readonly hints: readonly Hint[],
    used: readonly Hint[],
  ) {
    this.used = new Set(used);
  }

  /** Value of a hint, which counts as used from then on; null when there is none. */
  take(address: Address, name: string): string | null {
    const hint = this.hints.find((item) => item.address === address && item.name === name);
    if (hint === undefined) return null;
    this.used.add(hint);
    return hint.value;
  }

  /**
   * A hint for a change that is already done is a note, as it is right on another environment; a hint at something that does not
   * exist, or that no statement could use, is an error.
   */
  unused(changes: readonly Change[]): readonly Diagnostic[] {
    const changed = new Set(changes.map((change) => change.address));
    return this.hints
      .filter((hint) => !this.used.has(hint))
      .map(
        (hint): Diagnostic => ({
          code: 'SC2108',
          severity: changed.has(hint.address) ? 'error' : 'info',
          summary: changed.has(hint.address)
            ? `the hint ${hint.name} is of no use to the change of ${hint.address}`
            : `the hint ${hint.name} has nothing to do: ${hint.address} does not change`,
          hint: 'remove the hint',
          address: hint.address,
          span: hint.span,
        }),
      );
  }
}
