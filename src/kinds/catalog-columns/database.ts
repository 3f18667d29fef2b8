/** Decisions about the catalogs of schemas, extensions, and of what hangs on objects of any kind. */
import { catalog, derived, IDENTITY, leftOut, read } from './ledger.js';

const ORDER = 'order: catalog/dependencies.ts reads every edge, and what an edge says beyond order, kinds read';
const EDGE = derived(ORDER);
const MEMBER = derived('the member of an extension whose privileges began so', 'member_privilege.member');
const DEPENDENCE = [
  'function.depends_on_extensions',
  'procedure.depends_on_extensions',
  'trigger.depends_on_extensions',
  'index.depends_on_extensions',
  'constraint.depends_on_extensions',
  'materialized_view.depends_on_extensions',
] as const;

export const database = [
  catalog('pg_namespace', 'a schema', {
    oid: IDENTITY,
    nspname: read('schema'),
    nspowner: read('owner.role'),
    nspacl: read('privilege.privileges', 'member_privilege.privileges'),
  }),
  catalog('pg_extension', 'an extension', {
    oid: IDENTITY,
    extname: read('extension'),
    extowner: leftOut('there is no ALTER EXTENSION … OWNER TO'),
    extnamespace: read('extension.schema'),
    extrelocatable: derived('the control file of the extension and its version', 'extension.relocatable'),
    extversion: read('extension.version'),
    extconfig: leftOut('which tables of the extension hold settings: said by its script only'),
    extcondition: leftOut('which rows of them are settings: said by its script only'),
  }),
  catalog('pg_description', 'a comment on an object of the database', {
    objoid: read('comment'),
    classoid: read('comment'),
    objsubid: read('comment', 'comment.part'),
    description: read('comment.text'),
  }),
  catalog('pg_depend', 'that an object needs another or belongs to it', {
    classid: EDGE,
    objid: derived(ORDER, ...['on', 'schema', 'kind', 'parts', 'signature'].map((name) => `member_privilege.${name}`)),
    objsubid: EDGE,
    refclassid: EDGE,
    refobjid: read('sequence_owner.column', ...DEPENDENCE),
    refobjsubid: read('sequence_owner.column'),
    deptype: read('sequence_owner', ...DEPENDENCE),
  }),
  catalog('pg_default_acl', 'privileges that objects to come will have', {
    oid: IDENTITY,
    defaclrole: read('default_privilege'),
    defaclnamespace: read('default_privilege'),
    defaclobjtype: read('default_privilege'),
    defaclacl: read('default_privilege.privileges', 'default_privilege.grantee', 'default_privilege.usual'),
  }),
  catalog('pg_init_privs', 'privileges that came with the server or with an extension', {
    objoid: MEMBER,
    classoid: MEMBER,
    objsubid: MEMBER,
    privtype: leftOut('whether initdb or an extension granted: only what members of extensions began with counts'),
    initprivs: read('member_privilege', 'member_privilege.usual'),
  }),
  catalog('pg_seclabel', 'a security label on an object of the database', {
    objoid: read('security_label'),
    classoid: read('security_label'),
    objsubid: read('security_label', 'security_label.column'),
    provider: read('security_label.provider'),
    label: read('security_label.label'),
  }),
];
