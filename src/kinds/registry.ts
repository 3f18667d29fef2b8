/** Every kind that there is, in order of rank and name. Generated from the folders here by `npm run gen`; do not edit. */
import type { Kind } from './kind.js';
import { kind as accessMethodKind } from './access-method/kind.js';
import { kind as aggregateKind } from './aggregate/kind.js';
import { kind as baseTypeKind } from './base-type/kind.js';
import { kind as castKind } from './cast/kind.js';
import { kind as collationKind } from './collation/kind.js';
import { kind as columnKind } from './column/kind.js';
import { kind as commentKind } from './comment/kind.js';
import { kind as compositeKind } from './composite/kind.js';
import { kind as constraintKind } from './constraint/kind.js';
import { kind as conversionKind } from './conversion/kind.js';
import { kind as databaseSettingKind } from './database-setting/kind.js';
import { kind as defaultKind } from './default/kind.js';
import { kind as defaultPrivilegeKind } from './default-privilege/kind.js';
import { kind as domainKind } from './domain/kind.js';
import { kind as domainConstraintKind } from './domain-constraint/kind.js';
import { kind as enumKind } from './enum/kind.js';
import { kind as eventTriggerKind } from './event-trigger/kind.js';
import { kind as extensionKind } from './extension/kind.js';
import { kind as foreignDataWrapperKind } from './foreign-data-wrapper/kind.js';
import { kind as foreignTableKind } from './foreign-table/kind.js';
import { kind as functionKind } from './function/kind.js';
import { kind as indexKind } from './index/kind.js';
import { kind as indexAttachmentKind } from './index-attachment/kind.js';
import { kind as languageKind } from './language/kind.js';
import { kind as materializedViewKind } from './materialized-view/kind.js';
import { kind as memberPrivilegeKind } from './member-privilege/kind.js';
import { kind as operatorKind } from './operator/kind.js';
import { kind as operatorClassKind } from './operator-class/kind.js';
import { kind as operatorFamilyKind } from './operator-family/kind.js';
import { kind as ownerKind } from './owner/kind.js';
import { kind as parameterPrivilegeKind } from './parameter-privilege/kind.js';
import { kind as partitionKind } from './partition/kind.js';
import { kind as policyKind } from './policy/kind.js';
import { kind as privilegeKind } from './privilege/kind.js';
import { kind as procedureKind } from './procedure/kind.js';
import { kind as publicationKind } from './publication/kind.js';
import { kind as rangeKind } from './range/kind.js';
import { kind as replicaIdentityKind } from './replica-identity/kind.js';
import { kind as roleKind } from './role/kind.js';
import { kind as roleMembershipKind } from './role-membership/kind.js';
import { kind as roleSettingKind } from './role-setting/kind.js';
import { kind as rowKind } from './row/kind.js';
import { kind as ruleKind } from './rule/kind.js';
import { kind as schemaKind } from './schema/kind.js';
import { kind as securityLabelKind } from './security-label/kind.js';
import { kind as sequenceKind } from './sequence/kind.js';
import { kind as sequenceOwnerKind } from './sequence-owner/kind.js';
import { kind as serverKind } from './server/kind.js';
import { kind as shellTypeKind } from './shell-type/kind.js';
import { kind as statisticsKind } from './statistics/kind.js';
import { kind as subscriptionKind } from './subscription/kind.js';
import { kind as tableKind } from './table/kind.js';
import { kind as textSearchConfigurationKind } from './text-search-configuration/kind.js';
import { kind as textSearchDictionaryKind } from './text-search-dictionary/kind.js';
import { kind as textSearchParserKind } from './text-search-parser/kind.js';
import { kind as textSearchTemplateKind } from './text-search-template/kind.js';
import { kind as transformKind } from './transform/kind.js';
import { kind as triggerKind } from './trigger/kind.js';
import { kind as userMappingKind } from './user-mapping/kind.js';
import { kind as viewKind } from './view/kind.js';

const found: readonly Kind[] = [
  accessMethodKind,
  aggregateKind,
  baseTypeKind,
  castKind,
  collationKind,
  columnKind,
  commentKind,
  compositeKind,
  constraintKind,
  conversionKind,
  databaseSettingKind,
  defaultKind,
  defaultPrivilegeKind,
  domainKind,
  domainConstraintKind,
  enumKind,
  eventTriggerKind,
  extensionKind,
  foreignDataWrapperKind,
  foreignTableKind,
  functionKind,
  indexKind,
  indexAttachmentKind,
  languageKind,
  materializedViewKind,
  memberPrivilegeKind,
  operatorKind,
  operatorClassKind,
  operatorFamilyKind,
  ownerKind,
  parameterPrivilegeKind,
  partitionKind,
  policyKind,
  privilegeKind,
  procedureKind,
  publicationKind,
  rangeKind,
  replicaIdentityKind,
  roleKind,
  roleMembershipKind,
  roleSettingKind,
  rowKind,
  ruleKind,
  schemaKind,
  securityLabelKind,
  sequenceKind,
  sequenceOwnerKind,
  serverKind,
  shellTypeKind,
  statisticsKind,
  subscriptionKind,
  tableKind,
  textSearchConfigurationKind,
  textSearchDictionaryKind,
  textSearchParserKind,
  textSearchTemplateKind,
  transformKind,
  triggerKind,
  userMappingKind,
  viewKind,
];

const byRank = (a: Kind, b: Kind): number => a.rank - b.rank || (a.name < b.name ? -1 : 1);

export const kinds: readonly Kind[] = [...found].sort(byRank);

export const kindByName: ReadonlyMap<string, Kind> = new Map(kinds.map((kind) => [kind.name, kind]));

if (kindByName.size !== kinds.length) throw new Error('two kinds have the same name');
