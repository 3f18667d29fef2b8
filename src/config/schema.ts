/** The JSON Schema (draft-07, which editors understand) of schemactl.yaml: it validates the file and is published for editors. */
import { VARIABLE_TYPES } from '../core/variables.js';

const PATTERNS = {
  type: 'array',
  items: { type: 'string', minLength: 1 },
  title: 'a list of address patterns',
  description: 'Address patterns, one language for all kinds: KIND:SCHEMA.NAME with *, or a schema name alone.',
} as const;

const PRESETS = {
  type: 'array',
  items: { type: 'string', minLength: 1 },
  title: 'a list of names of presets',
  description: 'What platforms and extensions make by themselves is left alone: supabase, rds, cloud-sql, neon, pg-partman, timescaledb.',
} as const;

const DURATION = {
  type: 'string',
  pattern: '^\\d+(\\.\\d+)?(ms|s|min|m|h)$',
  title: 'a duration such as 500ms, 2s, 15m or 1h',
} as const;

const LIFETIME = {
  type: 'string',
  pattern: '^\\d+(\\.\\d+)?(min|m|h|d)$',
  title: 'a duration such as 30m, 12h or 7d',
} as const;

const INSTANT = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?Z)?$',
  title: 'a date such as 2027-01-31 or an instant such as 2027-01-31T12:00:00Z (UTC)',
} as const;

const CONNECTION = {
  type: ['string', 'object'],
  minLength: 1,
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: {
    env: { type: 'string', minLength: 1, description: 'Name of an environment variable that holds the connection string.' },
    file: { type: 'string', minLength: 1, description: 'Path, relative to this file, of a file that holds it.' },
    command: {
      type: 'array',
      items: { type: 'string' },
      minItems: 1,
      title: 'a list: the program and its arguments',
      description: 'A program that prints it; run without a shell, in the folder of this file.',
    },
  },
  title: 'a connection string, or a map with one of: env, file, command',
} as const;

const TIMEOUTS = {
  type: 'object',
  additionalProperties: false,
  title: 'a map',
  properties: {
    lock: { ...DURATION, description: 'How long one attempt waits for a lock (lock_timeout).' },
    lock_retries: { type: 'integer', minimum: 0, maximum: 1000, description: 'How often a lock is tried again, with growing pauses.' },
    statement: { ...DURATION, description: 'How long one statement may run (statement_timeout).' },
  },
} as const;

const EXPIRY = {
  type: 'object',
  additionalProperties: false,
  title: 'a map',
  properties: {
    start: { ...LIFETIME, description: 'How long after it was made a plan may be started (default: 7d).' },
    contract: { ...LIFETIME, description: 'How long after it was made its contract phase may be started (default: no limit).' },
  },
} as const;

const SIZE = {
  type: 'string',
  pattern: '^\\d+(\\.\\d+)?(B|kB|MB|GB)$',
  title: 'a size such as 64kB, 16MB or 2GB',
} as const;

const ONLINE = {
  type: 'object',
  additionalProperties: false,
  title: 'a map',
  properties: {
    rewrite_up_to: { ...SIZE, description: 'Tables up to this size may be written anew under their strong lock (default: 16MB).' },
    both_names: { type: 'boolean', description: 'What is renamed is known by its old name too until the contract phase.' },
    contract_after: { ...LIFETIME, description: 'How long after its expand phase the contract phase of a plan may begin at the earliest.' },
    contract_after_unused: {
      ...LIFETIME,
      description: 'For how long nothing may have been seen to use what the contract phase of a plan takes away before that begins.',
    },
    retire_for: {
      ...LIFETIME,
      description: 'Dropped tables are kept for so long in a schema of their own (default: they are dropped at once).',
    },
    replica_lag: { ...DURATION, description: 'Backfills hold back while a replica is further behind (default: 10s).' },
    oldest_snapshot: { ...DURATION, description: 'Backfills hold back while a snapshot is older (default: no limit).' },
    wal_per_second: { ...SIZE, description: 'Backfills hold back while the server writes more WAL a second (default: no limit).' },
  },
} as const;

const SCRATCH = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  title: 'a map with one of: url, env, target, embedded',
  properties: {
    url: { type: 'string', minLength: 1, description: 'Connection string of a server where databases may be created and dropped.' },
    env: { type: 'string', minLength: 1, description: 'Name of an environment variable that holds it.' },
    target: { const: true, title: 'true', description: 'A temporary database on the target server.' },
    embedded: { const: true, title: 'true', description: 'A PostgreSQL that schemactl starts itself.' },
    superuser: {
      const: true,
      title: 'true',
      description: 'Consent to a temporary database on the target although the role is a superuser.',
    },
  },
} as const;

const DESIRED = {
  type: 'array',
  items: {
    type: ['string', 'object'],
    minLength: 1,
    additionalProperties: false,
    required: ['command'],
    properties: {
      command: {
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
        title: 'a list: the program and its arguments',
        description: 'A program that prints SQL on standard output; run without a shell, in the folder of this file.',
      },
      timeout: { ...DURATION, description: 'How long it may run; default: 60s.' },
    },
    title: 'a source such as schemas, git:main:schemas or url:postgresql://…, or a map with command',
  },
  minItems: 1,
  title: 'a list of files, folders and other sources',
  description:
    'Where the desired state comes from: files and folders, relative to this file; exec:COMMAND, url:…, env:NAME, environment:NAME, snapshot:FILE, git:REVISION:PATH, plan:FILE.',
} as const;

const VARIABLES = {
  type: 'object',
  title: 'a map from names to values',
  propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$', title: 'letters, digits and "_"' },
  additionalProperties: {
    type: ['string', 'integer', 'boolean', 'object'],
    pattern: '^[^\\u0000]*$',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    properties: {
      identifier: {
        type: 'string',
        minLength: 1,
        pattern: '^[^\\u0000]+$',
        description: 'A name of something: a schema, a role, a table.',
      },
      type: { enum: VARIABLE_TYPES, description: 'Has no value here: each environment gives it one, or --var does.' },
    },
    title: 'a text, a whole number, true or false, or a map with one of: identifier, type',
    examples: ['eu-west', 90, true, { identifier: 'app_staging' }, { type: 'identifier' }],
  },
  description: 'What ${name} stands for in desired files. Plans list the values: no secrets here.',
} as const;

const COVERAGE = {
  enum: ['strict', 'report'],
  description: 'report (default): objects that schemactl does not manage are a warning; strict: they block the plan (exit code 3).',
} as const;

const TRUSTED_KEY = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  title: 'a map with name and one of: file, public_key',
  properties: {
    name: { type: 'string', minLength: 1, description: 'Who holds the key.' },
    file: { type: 'string', minLength: 1, description: 'Path of the public key (the .pub that keygen writes), relative to this file.' },
    public_key: { type: 'string', minLength: 1, description: 'The public key itself.' },
    not_after: { ...INSTANT, description: 'Signatures of this key count until then.' },
  },
} as const;

const ENVIRONMENT = {
  type: 'object',
  additionalProperties: false,
  title: 'a map',
  properties: {
    url: CONNECTION,
    service: { type: 'string', minLength: 1, description: 'Section of the connection service file (pg_service.conf).' },
    policy: { type: 'string', minLength: 1, description: 'Name of one of the policies.' },
    confirm: { enum: ['yes', 'name'], description: 'What apply asks the user to type: yes, or the name of the environment.' },
    require_signature: { type: 'boolean', description: 'Apply only plans that enough trusted keys signed.' },
    trusted_keys: { type: 'array', items: TRUSTED_KEY, title: 'a list of keys' },
    threshold: { type: 'integer', minimum: 1, description: 'How many trusted keys must have signed.' },
    desired: DESIRED,
    overlays: { ...DESIRED, description: 'More of the desired state, for this environment only; the same sources as desired.' },
    variables: VARIABLES,
    manage: PATTERNS,
    ignore: PATTERNS,
    presets: PRESETS,
    adopt: { type: 'boolean', description: 'The desired files were made from this database: drops are meant from the first plan on.' },
    names: { enum: ['strict', 'given'], description: 'given (default): names that nobody wrote are not compared; strict: all are.' },
    coverage: COVERAGE,
    timeouts: TIMEOUTS,
    expiry: EXPIRY,
    online: ONLINE,
    scratch: SCRATCH,
  },
} as const;

export const CONFIG_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://unpkg.com/schemactl/schemas/config.schema.json',
  title: 'schemactl.yaml',
  description: 'Configuration of schemactl.',
  type: 'object',
  additionalProperties: false,
  required: ['version'],
  properties: {
    version: { const: 1, title: '1', description: 'Version of the form of this file.' },
    desired: DESIRED,
    variables: VARIABLES,
    manage: PATTERNS,
    ignore: PATTERNS,
    presets: PRESETS,
    adopt: { type: 'boolean', description: 'The desired files were made from this database: drops are meant from the first plan on.' },
    names: { enum: ['strict', 'given'], description: 'given (default): names that nobody wrote are not compared; strict: all are.' },
    coverage: COVERAGE,
    timeouts: TIMEOUTS,
    expiry: EXPIRY,
    online: ONLINE,
    scratch: SCRATCH,
    environments: {
      type: 'object',
      title: 'a map of environments',
      propertyNames: { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$', title: 'letters, digits, "_", "." and "-"' },
      additionalProperties: ENVIRONMENT,
    },
    policies: {
      type: 'object',
      title: 'a map of policies',
      additionalProperties: {
        type: 'object',
        title: 'a map from hazards to allow, approve or deny',
        propertyNames: { pattern: '^[a-z][a-z0-9-]*$', title: 'a hazard such as drop-column, or default' },
        additionalProperties: { enum: ['allow', 'approve', 'deny'] },
      },
    },
  },
} as const;

/** What `npm run gen` writes: published files and their content. */
export function generatedSchemas(): readonly { readonly path: string; readonly text: string }[] {
  return [{ path: 'schemas/config.schema.json', text: `${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n` }];
}
