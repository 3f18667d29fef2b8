/** Where scratch databases are made, as the user chose it; knows nothing of how. */
import type { ConnectionSpec } from '../core/connection.js';

/** Where desired statements are run to learn what they mean. */
export type ScratchOptions =
  /** A server that the user gives for throw-away databases. */
  | { readonly kind: 'url'; readonly connection: ConnectionSpec }
  /** A temporary database beside the target's own: evaluating DDL runs code there, so never by default. */
  | { readonly kind: 'target'; readonly superuserConsent: boolean }
  /** A PostgreSQL of the same major that comes with the tool. */
  | { readonly kind: 'embedded' };
