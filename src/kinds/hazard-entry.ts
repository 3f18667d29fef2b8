/** What the catalogue says of one hazard. */

export interface HazardEntry {
  /** What happens: lower case, no full stop. */
  readonly title: string;
  /** What can be lost or go wrong, in a sentence or two. */
  readonly stake: string;
  /** How to avoid it, as an imperative. */
  readonly hint: string;
}
