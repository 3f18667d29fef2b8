/** What one desired file says, whatever its language; knows no language and no other file. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { Declaration, Hint } from './declaration.js';

export interface FileContent {
  readonly declarations: readonly Declaration[];
  readonly hints: readonly Hint[];
  readonly diagnostics: readonly Diagnostic[];
  /** Those that say "only when it is not there yet" (IF NOT EXISTS, a guarded DO): a later one adds nothing to an earlier declaration. */
  readonly optional?: ReadonlySet<Declaration>;
  /** Files that it takes texts from (bodies of functions), which are then no desired files of their own. */
  readonly attached?: readonly { readonly path: string; readonly sha256: string }[];
  /** Those that the file says by the way (a document's schema): another declaration of the same thing takes their place. */
  readonly implied?: ReadonlySet<Declaration>;
}
