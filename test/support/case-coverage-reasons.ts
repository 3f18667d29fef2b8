/** Why some things cannot become of objects of some kinds, for case-coverage.test.ts; holds no case. */

/** Attributes that no DDL changes by themselves. */
export const NEVER_ALONE: Readonly<Record<string, string>> = {
  'access_method.type': 'the handler function says what it is for',
  'aggregate.direct_arguments': 'another number of them is another list of arguments',
  'aggregate.result': 'the type of the state, or what the final function returns',
  'collation.provider': 'each provider has other names for its locales',
  'comment.part': 'part of the address',
  'constraint.enforced': 'what is not enforced is not validated either',
  'constraint.type': 'each type has other attributes',
  'constraint.valid': 'an index that a concurrent build left; test/faults',
  'database_setting.role': 'part of the address',
  'default_privilege.grantee': 'part of the address',
  'domain_constraint.type': 'CHECK and NOT NULL have other definitions',
  'index.valid': 'an index that a concurrent build left; test/faults',
  'member_privilege.column': 'part of the address',
  'member_privilege.granted_by': 'the role that runs GRANT; test/rules/members-of-extensions.test.ts',
  'member_privilege.grantee': 'part of the address',
  'operator.left': 'part of the address',
  'operator.right': 'part of the address',
  'partition.detach_pending': 'a DETACH CONCURRENTLY that was stopped; test/catalog-mutations/interrupted.ts',
  'privilege.column': 'part of the address',
  'privilege.grantee': 'part of the address',
  'privilege.granted_by': 'the role that runs GRANT; files are run by one role, and SET ROLE is refused in them',
};

/** Kinds that no server here can have an object of, or no SQL file. */
export const WITHOUT_CASE: Readonly<Record<string, string>> = {
  row: 'declared in YAML alone; test/rows.test.ts',
  security_label: 'needs a provider, which is a library of the server; test/rules/security-labels.test.ts',
};

/** Kinds that COMMENT ON has no words for. */
export const WITHOUT_COMMENT: Readonly<Record<string, string>> = {
  comment: 'is one',
  database_setting: 'a value in an array',
  default: 'part of its column',
  default_privilege: 'an entry of a list',
  index_attachment: 'an edge between two indexes',
  member_privilege: 'an entry of a list',
  owner: 'a property of what is owned',
  partition: 'an edge between two tables',
  privilege: 'an entry of a list',
  replica_identity: 'a property of its table',
  security_label: 'a text on its object',
  sequence_owner: 'an edge between a sequence and a column',
  user_mapping: 'COMMENT ON does not take it',
};

/** Kinds that can be renamed, and no case does; with the reason. */
export const WITHOUT_RENAME: Readonly<Record<string, string>> = {};

/** Kinds that ALTER … OWNER TO takes. */
export const OWNED: ReadonlySet<string> = new Set([
  'aggregate',
  'base_type',
  'collation',
  'composite',
  'conversion',
  'domain',
  'enum',
  'event_trigger',
  'foreign_data_wrapper',
  'foreign_table',
  'function',
  'language',
  'materialized_view',
  'operator',
  'operator_class',
  'operator_family',
  'procedure',
  'publication',
  'range',
  'schema',
  'sequence',
  'server',
  'shell_type',
  'statistics',
  'subscription',
  'table',
  'text_search_configuration',
  'text_search_dictionary',
  'view',
]);
