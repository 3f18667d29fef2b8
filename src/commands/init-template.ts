/** The text of a new schemactl.yaml. */
import { stringify } from 'yaml';

const HEAD = `# yaml-language-server: $schema=https://unpkg.com/schemactl/schemas/config.schema.json
version: 1
desired: [schemas]
`;

const REST = `
# What schemactl may change; default: the schemas that the desired state names.
# manage: [app, audit]
# ignore: ["app.tmp_*"]

# timeouts: { lock: 200ms, lock_retries: 12, statement: 15m }

# environments:
#   production:
#     url: { env: PRODUCTION_DATABASE_URL }
#     policy: strict
#     confirm: name

# policies:
#   strict:
#     table-rewrite: approve
`;

export const CONFIG_TEMPLATE = HEAD + REST;

/** For a database that exists, with the scope that was given on the command line. */
export function configText(manage: readonly string[], ignore: readonly string[]): string {
  const scope = { adopt: true, ...(manage.length > 0 ? { manage } : {}), ...(ignore.length > 0 ? { ignore } : {}) };
  return HEAD + stringify(scope) + REST;
}
