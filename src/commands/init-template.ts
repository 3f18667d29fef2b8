/** The text of a new schemactl.yaml. */
import { stringify } from 'yaml';
import { CI_ENVIRONMENT } from './ci-files.js';

const HEAD = `# yaml-language-server: $schema=https://unpkg.com/schemactl/schemas/config.schema.json
version: 1
desired: [schemas]
`;

const SCOPE = `
# What schemactl may change; default: the schemas that the desired state names.
# manage: [app, audit]
# ignore: ["app.tmp_*"]
`;

const TIMEOUTS = `
# timeouts: { lock: 200ms, lock_retries: 12, statement: 15m }
`;

const ENVIRONMENT = `
# environments:
#   production:
#     url: { env: PRODUCTION_DATABASE_URL }
#     policy: strict
#     confirm: name
`;

const POLICIES = `
# policies:
#   strict:
#     table-rewrite: approve
`;

/** The environment that the pipelines name. What needs a key is turned on when there is one. */
const DEPLOYED = `
environments:
  ${CI_ENVIRONMENT.name}:
    url: { env: ${CI_ENVIRONMENT.variable} }
    # policy: strict
    # confirm: name
    # When the pipeline has a key ("schemactl keygen --out ci"), only what it signed is applied:
    # require_signature: true
    # trusted_keys: [{ name: ci, file: ci.pub }]
`;

export interface ConfigChoices {
  /** Of a database that exists. */
  readonly adopt: boolean;
  readonly manage: readonly string[];
  readonly ignore: readonly string[];
  readonly presets: readonly string[];
  /** Whether pipelines are written beside. */
  readonly deployed: boolean;
}

export function configText({ adopt, manage, ignore, presets, deployed }: ConfigChoices): string {
  const given = {
    ...(adopt ? { adopt } : {}),
    ...(manage.length > 0 ? { manage } : {}),
    ...(ignore.length > 0 ? { ignore } : {}),
    ...(presets.length > 0 ? { presets } : {}),
  };
  const scope = Object.keys(given).length > 0 ? stringify(given) : '';
  return [HEAD, scope, SCOPE, TIMEOUTS, deployed ? DEPLOYED : ENVIRONMENT, POLICIES].join('');
}
