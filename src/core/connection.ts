/** What it takes to reach one database, as data; knows nothing of where it was written down. */
import type { ClientConfig } from 'pg';

export interface ConnectionSpec {
  /** Complete: every part is explicit, so that no environment variable changes its meaning later. */
  readonly config: ClientConfig;
  /** For people and logs, without the password: "deploy@db.internal:5432/shop". */
  readonly label: string;
}
