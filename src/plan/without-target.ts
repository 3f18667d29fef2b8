/** What stands in for the facts of a server where there is no target; knows no kind. */
import type { ServerFacts } from '../catalog/server.js';

/** An embedded server of that major version as it is made, with these roles. */
export function factsWithoutTarget(roles: readonly string[], major: number): ServerFacts {
  return {
    major,
    version: '',
    database: '',
    system_identifier: null,
    current_user: 'postgres',
    is_superuser: true,
    bootstrap_user: 'postgres',
    encoding: 'UTF8',
    locale: { provider: 'c', collate: 'C', ctype: 'C', icu: null, rules: null },
    in_recovery: false,
    read_only: null,
    now: new Date(),
    roles,
    tablespaces: [],
    extensions: {},
  };
}
