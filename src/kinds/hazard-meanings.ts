/** Hazards of plans after which something means another thing: names, values, rights, results; what is at stake, and how to avoid it. */
import type { HazardEntry } from './hazard-entry.js';

export const HAZARDS_OF_MEANING: Readonly<Record<string, HazardEntry>> = {
  'alter-event-trigger': {
    title: 'an event trigger is switched on or off',
    stake: 'What it checks or records about schema changes begins or ends, without an error.',
    hint: 'make sure that it is meant',
  },
  'alter-foreign-data-wrapper': {
    title: 'a foreign data wrapper works otherwise',
    stake: 'All servers and foreign tables of it may behave in another way, or fail.',
    hint: 'try it in another database first',
  },
  'alter-operator-family': {
    title: 'operators of indexes change',
    stake: 'Indexes that use the family may be searched in another way than they were built.',
    hint: 'build the indexes that use it anew (REINDEX)',
  },
  'alter-policy': {
    title: 'a policy decides otherwise which rows are seen',
    stake: 'Roles may see or write rows that they could not, or the reverse.',
    hint: 'check what each role sees, with SET ROLE, before and after',
  },
  'alter-publication': {
    title: 'a publication has other contents',
    stake: 'Subscribers get rows of other tables, or no longer get them; new tables are only copied after REFRESH PUBLICATION.',
    hint: 'run ALTER SUBSCRIPTION … REFRESH PUBLICATION on the subscribers',
  },
  'alter-server': {
    title: 'a foreign server is reached otherwise',
    stake: 'All foreign tables on it show other data, or fail.',
    hint: 'try the new options with another server first',
  },
  'alter-subscription': {
    title: 'a subscription works otherwise',
    stake: 'Rows of the publisher arrive from then on, no longer, or in another way; those of added tables only after a refresh.',
    hint: 'run ALTER SUBSCRIPTION … REFRESH PUBLICATION where publications were added',
  },
  authz: {
    title: 'owners or privileges change',
    stake: 'Roles may do what they could not, or can no longer do what their programs need.',
    hint: 'read the statements of the step',
  },
  'change-text-search': {
    title: 'text search finds other words',
    stake: 'What is stored or indexed as tsvector keeps the old words, so new queries miss old rows.',
    hint: 'compute stored vectors and indexes again',
  },
  'change-type-lossy': {
    title: 'another column type may not hold the values',
    stake: 'Digits, characters or time zones are cut off without an error, or the step fails at the first value that does not fit.',
    hint: 'look for such values before, and say with the hint using how they are to be changed',
  },
  'change-type-timezone-dependent': {
    title: 'a time stamp gets or loses its time zone',
    stake: 'Values are read as being in one time zone. If they were meant in another, all of them are off.',
    hint: "say with the hint using which zone is meant: using ts at time zone 'Europe/Berlin'",
  },
  'column-moves-last': {
    title: 'a column takes its place at the end of the table',
    stake:
      'The table is not written anew: a second column is filled and takes the name. SELECT * and INSERT without a list of columns see another order. Statements that are prepared and return it as it is fail once the type or the collation is another ("cached plan must not change result type") until they are prepared again.',
    hint: 'name the columns in statements, or plan with --direct in an hour of little load',
  },
  'create-event-trigger': {
    title: 'schema changes run a function from now on',
    stake: 'Every command of its kind in the whole database runs the function, and fails when it fails.',
    hint: 'keep a superuser session ready to disable it',
  },
  'create-policy': {
    title: 'a policy decides which rows are seen',
    stake: 'A permissive policy shows its roles more rows; a restrictive one fewer.',
    hint: 'check what each role sees, with SET ROLE',
  },
  'create-subscription': {
    title: 'a subscription is made that its publisher does not know',
    stake: 'No plan contacts the publisher: no rows arrive until the slot is made there and the subscription is refreshed.',
    hint: 'make the slot at the publisher, then run ALTER SUBSCRIPTION … REFRESH PUBLICATION',
  },
  'create-trigger': {
    title: 'writes run a function from now on',
    stake: 'Every write to the table runs the function: slower, and failing when it fails.',
    hint: 'try it under load first',
  },
  'extension-upgrade': {
    title: 'an extension goes to another version',
    stake: 'Its functions and operators may behave otherwise, and the way back often does not exist.',
    hint: 'read its release notes, and try it on a copy first',
  },
  'implicit-cast': {
    title: 'values are cast by themselves',
    stake: 'Queries that were errors begin to work, and others may mean another function or operator than before.',
    hint: 'make the cast AS ASSIGNMENT or explicit',
  },
  'rename-collation': {
    title: 'a collation gets another name',
    stake: 'Queries that name it fail.',
    hint: 'change queries at the same time',
  },
  'rename-column': {
    title: 'a column gets another name',
    stake: 'Statements of running programs that use the old name fail from that moment.',
    hint: 'add a new column and move over in steps when the program cannot stop',
  },
  'rename-enum-value': {
    title: 'a label of an enum gets another name',
    stake: 'Queries that write or compare with the old label fail; stored rows show the new one.',
    hint: 'change programs at the same time',
  },
  'rename-field': {
    title: 'a field of a composite type gets another name',
    stake: 'Queries and function bodies that use the old name fail.',
    hint: 'change queries and function bodies at the same time',
  },
  'rename-foreign-table': {
    title: 'a foreign table gets another name',
    stake: 'Queries that use the old name fail.',
    hint: 'change queries at the same time',
  },
  'rename-language': {
    title: 'a procedural language gets another name',
    stake: 'CREATE FUNCTION statements that name it fail, those of extensions and restores too.',
    hint: 'keep the name',
  },
  'rename-materialized-view': {
    title: 'a materialized view gets another name',
    stake: 'Queries and refresh jobs that use the old name fail.',
    hint: 'change queries and refresh jobs at the same time',
  },
  'rename-role': {
    title: 'a role gets another name',
    stake: 'Whoever logs in under the old name fails, and a password that is kept as MD5 is cleared.',
    hint: 'change what logs in at the same time, and set the password again',
  },
  'role-without-password': {
    title: 'a role can log in and has no password',
    stake: 'Plans hold no passwords. Where passwords are asked for nobody can log in as it; where they are not, anybody can.',
    hint: 'set the password by other means right after the plan',
  },
  'rename-publication': {
    title: 'a publication gets another name',
    stake: 'Subscriptions that name it fail at their next change.',
    hint: 'change the subscriptions at the same time',
  },
  'rename-routine': {
    title: 'a function or procedure gets another name',
    stake: 'Callers in programs and function bodies, which the server does not track, fail.',
    hint: 'leave a function of the old name that calls the new one',
  },
  'rename-schema': {
    title: 'a schema gets another name',
    stake: 'Every name that begins with the old one fails, in queries, function bodies and search_path settings.',
    hint: 'change programs and search_path settings at the same time',
  },
  'rename-sequence': {
    title: 'a sequence gets another name',
    stake: 'Calls of nextval with the old name in queries and function bodies fail; defaults of columns follow by themselves.',
    hint: 'change queries and function bodies at the same time',
  },
  'retire-table': {
    title: 'a table is taken out of the way, and kept',
    stake:
      'Statements of running programs that name it fail from that moment. Its rows are kept, until the date that the comment of its new schema gives.',
    hint: 'take it back with ALTER TABLE … SET SCHEMA; plan --purge drops what was kept for long enough',
  },
  'rename-table': {
    title: 'a table gets another name',
    stake: 'Statements of running programs that use the old name fail from that moment, prepared ones too.',
    hint: 'deploy in between: a view under the old name keeps both versions of a program running',
  },
  'rename-text-search': {
    title: 'an object of text search gets another name',
    stake: "Queries that name it, to_tsvector('name', …), fail.",
    hint: 'change queries at the same time',
  },
  'rename-type': {
    title: 'a type gets another name',
    stake: 'Queries and function bodies that name the type fail.',
    hint: 'change queries and function bodies at the same time',
  },
  'rename-view': {
    title: 'a view gets another name',
    stake: 'Queries that use the old name fail.',
    hint: 'change queries at the same time, or leave a view under the old name',
  },
  'replace-immutable-function': {
    title: 'a function that promises equal results changes',
    stake: 'Indexes and generated columns that were computed with it keep the old results and are wrong from then on.',
    hint: 'build those indexes anew (REINDEX) and write those columns again',
  },
  'replace-language': {
    title: 'a procedural language is run otherwise',
    stake: 'All functions in the language are run by another handler.',
    hint: 'try it in another database first',
  },
  'replace-transform': {
    title: 'a transform is made again',
    stake: 'Functions in the language see values of the type in another form.',
    hint: 'call the functions that use it after applying',
  },
  'session-settings': {
    title: 'sessions get another setting',
    stake: 'Whoever connects from then on works with it, programs and schemactl itself; sessions that are open keep what they have.',
    hint: 'connect again where it is to count at once',
  },
  'security-definer': {
    title: "a function runs with its owner's rights",
    stake:
      'Whoever may call the function acts as its owner inside it. Without a fixed search_path a caller can put objects of their own in its way.',
    hint: 'set search_path in the function, and revoke EXECUTE from PUBLIC',
  },
  unproven: {
    title: 'a step could not be tried in scratch',
    stake:
      "The step's result is not known beforehand: what it needs cannot be made in a scratch database, or its effect there was another one.",
    hint: 'read the reason in the plan, try the step on a copy of the database, then allow exactly this one',
  },
  'security-label': {
    title: 'a security label changes',
    stake: 'The label provider grants or refuses access by it; and it may refuse the label, which no plan can try beforehand.',
    hint: 'try the label on a server that loads the same provider',
  },
  'user-mapping-options': {
    title: 'a user mapping is made without its options',
    stake: 'Plans hold no credentials, so queries on the foreign server fail until the options are set by hand.',
    hint: 'set them after applying: ALTER USER MAPPING … OPTIONS (…)',
  },
};
