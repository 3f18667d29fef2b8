/** What the catalogue says of one diagnostic code. */

export interface CodeEntry {
  /** What a diagnostic of this code says in general: lower case, no full stop. */
  readonly title: string;
  /** How it comes about, in a sentence or two. */
  readonly cause: string;
  /** The usual way out, as an imperative. */
  readonly hint: string;
  /** What it looks like when it is right: SQL, YAML or a command line. */
  readonly example?: string;
}
