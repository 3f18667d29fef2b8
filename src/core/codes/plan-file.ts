/** Diagnostics SC6xxx: the plan file, its signatures and its validity. */
import type { CodeEntry } from './entry.js';

export const PLAN_FILE: Readonly<Record<string, CodeEntry>> = {
  SC6001: {
    title: 'the plan file cannot be read',
    cause: 'The path does not exist, is a folder, or may not be read.',
    hint: 'give the path of a plan file',
  },
  SC6002: {
    title: 'the plan file is too large',
    cause: 'The size of a plan file is limited before it is read, so that a file from elsewhere cannot exhaust the memory.',
    hint: 'make the plan again',
  },
  SC6003: {
    title: 'the plan file is not UTF-8',
    cause: 'Plan files are UTF-8 without a byte order mark. An editor or a transfer that converts text does that.',
    hint: 'fetch the file again as it was written',
  },
  SC6004: {
    title: 'the plan file is not well-formed',
    cause: 'The file is not JSON as RFC 8259 has it, holds a key twice, or is cut short.',
    hint: 'fetch the file again as it was written',
  },
  SC6005: {
    title: 'the plan file is not in its canonical form',
    cause:
      'A plan file equals its own serialisation byte for byte; this one was formatted, edited, or transferred as text with other line ends.',
    hint: 'fetch the file again as it was written',
  },
  SC6006: {
    title: 'the file is not a plan',
    cause: 'The file is JSON, but not a plan of schemactl.',
    hint: 'give the path of a plan file',
  },
  SC6010: {
    title: 'the plan has a format that this version cannot read',
    cause: 'The plan was made by a version with another major format.',
    hint: 'use the version that made it, or make the plan again',
  },
  SC6011: {
    title: 'the plan does not keep to its format',
    cause: 'A member is missing or of another form than the format says. Files that schemactl wrote do keep to it, so it was edited.',
    hint: 'make the plan again',
  },
  SC6101: {
    title: 'the plan is not signed',
    cause: 'The environment asks for signed plans, and the file holds no signature.',
    hint: 'sign it with schemactl plan --sign KEYFILE',
  },
  SC6102: {
    title: 'a signature by a key that is not trusted',
    cause: 'The signature is by a key that the environment does not list, so it counts for nothing.',
    hint: 'add the key to the environment if it is to be trusted',
  },
  SC6103: {
    title: 'a signature names a key that it is not by',
    cause: 'The signature names one key and is by another one.',
    hint: 'have the plan signed again',
  },
  SC6104: {
    title: 'a signature is not in canonical base64',
    cause: 'Base64 can be written in several ways that decode alike, and only one of them is accepted, so that a signed file has one form.',
    hint: 'fetch the file again as it was written',
  },
  SC6105: {
    title: 'the plan was changed after it was signed',
    cause: 'What was signed is not what stands in the file: the plan was edited after signing, or the signature belongs to another plan.',
    hint: 'make the plan again',
  },
  SC6106: {
    title: 'a signature is not valid',
    cause: 'The signature does not verify with the key that it names.',
    hint: 'have the plan signed again',
  },
  SC6107: {
    title: 'the key of a signature has expired',
    cause: 'The environment gives the key a not_after, and that is past.',
    hint: 'have the plan signed with a key that is still good',
    example: `trusted_keys:
  - { name: release, file: keys/release.pub, not_after: 2027-01-31 }`,
  },
  SC6108: {
    title: 'too few trusted keys have signed',
    cause: 'The environment asks for a number of signatures by different trusted keys (threshold), and fewer of those here count.',
    hint: 'have it signed with one more trusted key',
  },
  SC6109: {
    title: 'a signature of another type',
    cause: 'The signature is a DSSE envelope around something else than a statement about a plan.',
    hint: 'have the plan signed again',
  },
  SC6112: {
    title: 'the plan is signed with this key already',
    cause: 'One key signs a plan once; approvals are by different keys.',
    hint: 'sign with the key of another approver',
  },
  SC6113: {
    title: 'signatures are required, but no key is trusted',
    cause: 'The environment has require_signature, and no trusted_keys that could have signed.',
    hint: 'add trusted keys to the environment',
  },
  SC6114: {
    title: 'no signature was checked',
    cause: 'No environment with trusted keys was named, so nothing vouches for who made the plan. The plan itself was checked.',
    hint: 'list trusted keys with the environment',
  },
  SC6120: {
    title: 'the signing key cannot be used',
    cause: 'The file does not exist, may not be read, or is not a private ed25519 key in PEM form.',
    hint: 'make a key with schemactl keygen --out KEYFILE',
  },
  SC6121: {
    title: 'a key file exists already',
    cause: 'A key file is never written over, because what it has signed could not be extended any more.',
    hint: 'choose another name with --out',
  },
  SC6122: {
    title: 'a key file cannot be written',
    cause: 'The folder does not exist, is not writable, or the disk is full.',
    hint: 'check the folder and its permissions',
  },
  SC6123: {
    title: 'a trusted key cannot be used',
    cause: 'A trusted key of the environment cannot be read or is not a public ed25519 key. None is passed over silently.',
    hint: 'correct the trusted keys of the environment',
  },
  SC6201: {
    title: 'the plan is for another environment',
    cause: 'A plan that names an environment is applied with that name; its policy and its keys were decided there.',
    hint: 'name its environment with --env',
  },
  SC6202: {
    title: 'the plan is for another server',
    cause: 'The server has another system identifier than the one that the plan was made on. It was set up anew, or it is another machine.',
    hint: 'make a plan for this one',
  },
  SC6203: {
    title: 'the plan is for another database',
    cause: 'The plan names the database that it was made for, and the connection leads to another one.',
    hint: 'make a plan for this one',
  },
  SC6204: {
    title: 'the plan is for a copy of this database, or this is one',
    cause:
      'The identity in the ledger is another one than the plan has. A restored dump or a database made from a template carries the ledger of its origin.',
    hint: 'make a plan for this one',
  },
  SC6205: {
    title: 'the ledger that the plan relies on is gone',
    cause: 'The plan was made when the database had a ledger, and the schema schemactl is gone since.',
    hint: 'restore the schema schemactl, or make the plan again',
  },
  SC6206: {
    title: 'the server has another major version than the plan is for',
    cause: 'What statements mean and how they lock differs between major versions, and the plan was proven on another one.',
    hint: 'make the plan again',
  },
  SC6207: {
    title: 'the server has another minor version than the plan was made on',
    cause: 'The server was updated since the plan was made. Minor versions do not change what statements mean.',
    hint: 'nothing needs to be done',
  },
  SC6211: {
    title: 'another plan was applied under this id',
    cause: 'The ledger has this id with other content: two files claim to be one plan.',
    hint: 'make the plan again',
  },
  SC6212: {
    title: 'the plan was aborted',
    cause: 'The plan was given up, and what it left may have been changed since.',
    hint: 'make the plan again',
  },
  SC6213: {
    title: 'the plan was applied already',
    cause: 'The ledger says that this very plan ran to its end.',
    hint: 'nothing needs to be done',
  },
  SC6214: {
    title: 'the plan is being taken back',
    cause: 'An abort began to undo the steps of this plan, and was stopped before it came to the end.',
    hint: 'finish it with schemactl abort, then make a new plan',
  },
  SC6221: {
    title: 'the plan has expired',
    cause: 'A plan may only be started until its not_after, so that old files do not lie around as loaded weapons.',
    hint: 'make the plan again',
  },
  SC6222: {
    title: 'the contract phase of the plan has expired',
    cause: 'The contract phase may only be started until contract_not_after.',
    hint: 'make a plan that supersedes it',
  },
  SC6231: {
    title: 'the database has changed since the plan was made',
    cause: 'Somebody or something else changed managed objects after the plan was made, so the plan is no longer known to do what it says.',
    hint: 'make the plan again',
  },
  SC6232: {
    title: 'an object that moved',
    cause: 'Part of SC6231: one object that is not as it was when the plan was made.',
    hint: 'make the plan again',
  },
  SC6241: {
    title: 'another open plan is about the same objects',
    cause: 'A plan that was started here and not finished touches, or leans on, something that this plan touches or leans on.',
    hint: 'finish the other plan, or give it up with schemactl abort; then make this one again',
  },
};
