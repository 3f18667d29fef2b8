/** Diagnostics SC6xxx: the plan file, its signatures and its validity. */
import type { CodeEntry } from './entry.js';

export const PLAN_FILE: Readonly<Record<string, CodeEntry>> = {
  SC6001: {
    title: 'the plan file cannot be read',
    hint: 'give the path of a plan file',
  },
  SC6002: {
    title: 'the plan file is too large',
    hint: 'make the plan again',
  },
  SC6003: {
    title: 'the plan file is not UTF-8',
    hint: 'fetch the file again as it was written',
  },
  SC6004: {
    title: 'the plan file is not well-formed',
    hint: 'fetch the file again as it was written',
  },
  SC6005: {
    title: 'the plan file is not in its canonical form',
    hint: 'fetch the file again as it was written',
  },
  SC6006: {
    title: 'the file is not a plan',
    hint: 'give the path of a plan file',
  },
  SC6010: {
    title: 'the plan has a format that this version cannot read',
    hint: 'use the version that made it, or make the plan again',
  },
  SC6011: {
    title: 'the plan does not keep to its format',
    hint: 'make the plan again',
  },
  SC6101: {
    title: 'the plan is not signed',
    hint: 'sign it with schemactl plan --sign KEYFILE',
  },
  SC6102: {
    title: 'a signature by a key that is not trusted',
    hint: 'add the key to the environment if it is to be trusted',
  },
  SC6103: {
    title: 'a signature names a key that it is not by',
    hint: 'have the plan signed again',
  },
  SC6104: {
    title: 'a signature is not in canonical base64',
    hint: 'fetch the file again as it was written',
  },
  SC6105: {
    title: 'the plan was changed after it was signed',
    hint: 'make the plan again',
  },
  SC6106: {
    title: 'a signature is not valid',
    hint: 'have the plan signed again',
  },
  SC6107: {
    title: 'the key of a signature has expired',
    hint: 'have the plan signed with a key that is still good',
  },
  SC6108: {
    title: 'too few trusted keys have signed',
    hint: 'have it signed with one more trusted key',
  },
  SC6109: {
    title: 'a signature of another type',
    hint: 'have the plan signed again',
  },
  SC6112: {
    title: 'the plan is signed with this key already',
    hint: 'sign with the key of another approver',
  },
  SC6113: {
    title: 'signatures are required, but no key is trusted',
    hint: 'add trusted keys to the environment',
  },
  SC6114: {
    title: 'no signature was checked',
    hint: 'list trusted keys with the environment',
  },
  SC6120: {
    title: 'the signing key cannot be used',
    hint: 'make a key with schemactl keygen --out KEYFILE',
  },
  SC6121: {
    title: 'a key file exists already',
    hint: 'choose another name with --out',
  },
  SC6122: {
    title: 'a key file cannot be written',
    hint: 'check the folder and its permissions',
  },
  SC6123: {
    title: 'a trusted key cannot be used',
    hint: 'correct the trusted keys of the environment',
  },
  SC6201: {
    title: 'the plan is for another environment',
    hint: 'name its environment with --env',
  },
  SC6202: {
    title: 'the plan is for another server',
    hint: 'make a plan for this one',
  },
  SC6203: {
    title: 'the plan is for another database',
    hint: 'make a plan for this one',
  },
  SC6204: {
    title: 'the plan is for a copy of this database, or this is one',
    hint: 'make a plan for this one',
  },
  SC6205: {
    title: 'the ledger that the plan relies on is gone',
    hint: 'restore the schema schemactl, or make the plan again',
  },
  SC6206: {
    title: 'the server has another major version than the plan is for',
    hint: 'make the plan again',
  },
  SC6207: {
    title: 'the server has another minor version than the plan was made on',
    hint: 'nothing needs to be done',
  },
  SC6211: {
    title: 'another plan was applied under this id',
    hint: 'make the plan again',
  },
  SC6212: {
    title: 'the plan was aborted',
    hint: 'make the plan again',
  },
  SC6213: {
    title: 'the plan was applied already',
    hint: 'nothing needs to be done',
  },
  SC6221: {
    title: 'the plan has expired',
    hint: 'make the plan again',
  },
  SC6222: {
    title: 'the contract phase of the plan has expired',
    hint: 'make a plan that supersedes it',
  },
  SC6231: {
    title: 'the database has changed since the plan was made',
    hint: 'make the plan again',
  },
  SC6232: {
    title: 'an object that moved',
    hint: 'make the plan again',
  },
  SC6241: {
    title: 'another open plan is about the same objects',
    cause: 'A plan that was started here and not finished touches, or leans on, something that this plan touches or leans on.',
    hint: 'finish the other plan, or give it up with schemactl abort; then make this one again',
  },
};
