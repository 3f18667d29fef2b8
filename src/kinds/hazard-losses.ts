/** Hazards of plans after which something is gone: rows, objects, rules; what is at stake with each, and how to avoid it. */
import type { HazardEntry } from './hazard-entry.js';

export const HAZARDS_OF_LOSS: Readonly<Record<string, HazardEntry>> = {
  'delete-row': {
    title: 'a row of reference data is deleted',
    stake:
      'The row is gone, with its values in columns that nobody declares. Rows of other tables that refer to it make the step fail, or go or change along, as their foreign keys say.',
    hint: 'keep the row in the files, or write others: keep for rows that somebody else looks after',
  },
  'destructive-replace': {
    title: 'an object is dropped and made again',
    stake:
      'PostgreSQL cannot alter it in place, so what depends on it is made again too. Queries fail between the two when the step is not one transaction, and statistics and stored rows begin anew.',
    hint: 'keep what forces the replacement (a changed column type, argument name or order) if you can',
  },
  'drop-cast': {
    title: 'a cast goes',
    stake: 'Queries that rely on it fail, or silently use another cast.',
    hint: 'write the casts out in queries first',
  },
  'drop-collation': {
    title: 'a collation goes',
    stake: 'Queries that name it fail.',
    hint: 'look for the name in queries first',
  },
  'drop-column': {
    title: 'a column and its values go',
    stake:
      'The values are gone for readers at once, and only a backup has them. Programs that name the column fail, SELECT * and INSERT without names change their meaning.',
    hint: 'stop using the column first; for a new name write the hint renamed_from instead',
  },
  'drop-constraint': {
    title: 'a constraint goes',
    stake: 'Rows that break the rule are accepted from then on, and later prevent the constraint from coming back.',
    hint: 'make sure that programs do not rely on the rule',
  },
  'drop-conversion': {
    title: 'an encoding conversion goes',
    stake: 'Clients of that encoding get an error, or another conversion.',
    hint: 'make sure that no client uses the encoding',
  },
  'drop-event-trigger': {
    title: 'an event trigger goes',
    stake: 'What it checked or recorded about schema changes is no longer checked or recorded, without an error.',
    hint: 'make sure that it is no longer wanted',
  },
  'drop-extension': {
    title: 'an extension goes with all that it installed',
    stake: 'Types, functions and tables of the extension are dropped, and columns of its types with their values.',
    hint: 'make sure that no column and no query uses it',
  },
  'drop-field': {
    title: 'a field of a composite type goes',
    stake: 'Every value of the type loses what it holds in the field, in all tables.',
    hint: 'stop using the field first, and copy what is still needed',
  },
  'drop-foreign-column': {
    title: 'a column of a foreign table goes',
    stake: 'Queries that read the column fail. The data are elsewhere and stay there.',
    hint: 'stop reading the column first',
  },
  'drop-foreign-table': {
    title: 'a foreign table goes',
    stake: 'Queries that read it fail. The data are elsewhere and stay there.',
    hint: 'stop reading the table first',
  },
  'drop-index': {
    title: 'an index goes',
    stake: 'Queries that used it read more, up to the whole table, and get slower under load.',
    hint: 'look at idx_scan in pg_stat_user_indexes on every server, replicas too, first',
  },
  'drop-materialized-view': {
    title: 'a materialized view and its stored rows go',
    stake:
      "The stored result is lost and takes its query's whole time to make again; after changes in the base tables it may not be the same.",
    hint: 'keep it in the desired state, or allow exactly this view',
  },
  'drop-not-null': {
    title: 'a column may hold nulls from now on',
    stake: 'Programs that never met a null there may fail when one appears, and nulls prevent NOT NULL from coming back.',
    hint: 'make sure that readers cope with nulls first',
  },
  'drop-operator': {
    title: 'an operator goes',
    stake: 'Queries that use it fail, or find another operator by an implicit cast.',
    hint: 'look for its use in queries first',
  },
  'drop-operator-class': {
    title: 'an operator class goes',
    stake: 'Indexes can no longer be made with it, and queries that relied on them read whole tables.',
    hint: 'make sure that no index needs it',
  },
  'drop-policy': {
    title: 'a policy of row security goes',
    stake:
      'Rows that only this policy let through are hidden from its roles; with the last restrictive one gone, rows that were hidden are shown.',
    hint: 'check what each role sees, with SET ROLE, before and after',
  },
  'drop-subscription': {
    title: 'a subscription goes',
    stake:
      'Replication ends, and where it was is forgotten. Its slot stays at the publisher, which keeps WAL for it until its disk is full.',
    hint: 'drop the slot at the publisher with pg_drop_replication_slot afterwards',
  },
  'drop-publication': {
    title: 'a publication goes',
    stake: 'Subscribers stop with an error at their next change, and the source keeps WAL for them until its disk is full.',
    hint: 'end the subscriptions first',
  },
  'drop-routine': {
    title: 'a function or procedure goes',
    stake: 'Callers in programs and in bodies of other functions fail when they run; PostgreSQL does not track them.',
    hint: 'look for callers in programs and function bodies first',
  },
  'drop-role': {
    title: 'a role goes',
    stake: 'Who logs in as it is locked out, in every database of the server, and its password, memberships and settings are gone.',
    hint: 'take LOGIN from it first, and see who complains',
  },
  'drop-schema': {
    title: 'a schema goes with all that it holds',
    stake: 'Nothing that is in the schema survives, whether it is declared somewhere or not.',
    hint: 'move what is still needed out of it first, or leave the schema out of the scope with --ignore',
  },
  'drop-sequence': {
    title: 'a sequence goes, and how far it has counted',
    stake: 'A sequence of the same name would begin at its start again and give out numbers that are in use.',
    hint: 'keep it, or note its last value before',
  },
  'drop-statistics': {
    title: 'extended statistics go',
    stake: 'The planner estimates worse, and queries may take another, slower plan.',
    hint: 'compare the plans of the queries for which they were made',
  },
  'drop-table': {
    title: 'a table and all its rows go',
    stake: 'Every row is deleted with the table, and only a backup has them afterwards. Programs that name the table fail.',
    hint: 'keep the table in the desired state, or archive its rows first and allow exactly this table',
  },
  'drop-text-search': {
    title: 'an object of text search goes',
    stake: 'Queries that name it fail.',
    hint: 'look for the name in queries first',
  },
  'drop-trigger': {
    title: 'a trigger goes',
    stake: 'What the trigger kept up (histories, checks, derived values) stops with the next write, without an error.',
    hint: 'make sure that something else does it, or that it is no longer wanted',
  },
  'drop-type': {
    title: 'a type goes',
    stake: 'Queries and function bodies that name the type fail; those are text that the server does not track.',
    hint: 'look for the name in function bodies and programs first',
  },
  'drop-user-mapping': {
    title: 'a user mapping and its credentials go',
    stake: 'The credentials are held nowhere else: no plan and no export has them.',
    hint: 'make sure that they are kept elsewhere',
  },
  'drop-view': {
    title: 'a view goes',
    stake: 'Queries that name the view fail. Its definition is in the plan and can be made again.',
    hint: 'stop using the view first; for a new name write the hint renamed_from instead',
  },
  'enum-drop-value': {
    title: 'a label of an enum goes',
    stake:
      'The type is made again, and every column of it is rewritten. Rows that hold the label make the step fail; programs that write it fail afterwards.',
    hint: 'update the rows first, and stop writing the label',
  },
  'unadopted-drop': {
    title: 'something is dropped in a database that schemactl never applied to',
    stake: 'What the files do not declare may belong to somebody who never heard of them.',
    hint: 'write the desired state with schemactl init --url first, or say with --adopt that it is complete',
  },
  'subscription-secrets': {
    title: 'the password of a subscription is not in the plan',
    stake: 'Plans hold no passwords, so the subscription cannot reach its publisher until its connection is set by hand.',
    hint: 'set it after applying: ALTER SUBSCRIPTION … CONNECTION …',
  },
};
