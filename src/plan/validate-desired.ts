/** Checks desired files without a target: parsed, and run in an empty scratch database. Knows no kind. */

import pg from 'pg';
import type { ServerFacts } from '../catalog/server.js';
import { readServer } from '../catalog/server.js';
import { kindOf } from '../core/address.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { rolesNamed } from '../desired/roles.js';
import { kindsAskedFor } from '../diff/cluster-wide.js';
import { kindByName, kinds } from '../kinds/registry.js';
import { embeddedMajors } from '../scratch/embedded.js';
import { ofScratchServer, openScratch } from '../scratch/open.js';
import { openOwnServers } from '../scratch/own-servers.js';
import { databaseNameProblems } from './database-name.js';
import { nothingDeclared } from './desired-input.js';
import { desiredState } from './desired-state.js';
import { lacksValues } from './lacking-values.js';
import type { ValidateOptions, ValidateOutcome } from './options.js';
import { readSources } from './read-sources.js';
import { factsWithoutTarget } from './without-target.js';

export async function validateDesired(options: ValidateOptions): Promise<ValidateOutcome> {
  const loaded = await readSources(options.paths, { ...options, manage: null, ignore: [] });
  const desired = { ...loaded, diagnostics: [...loaded.diagnostics, ...databaseNameProblems(loaded.declarations, null)] };
  const files = desired.files.map((file) => file.path);
  const found = { diagnostics: desired.diagnostics, objects: desired.declarations.flatMap((item) => item.declares).length, files };
  if (desired.declarations.length === 0 && desired.diagnostics.every(({ severity }) => severity !== 'error'))
    return { ...found, diagnostics: [...found.diagnostics, nothingDeclared(options.paths)] };
  if (options.scratch === null || lacksValues(desired.diagnostics)) return found;
  const roles = rolesNamed(desired.declarations);
  const extensions = desired.declarations.flatMap((item) =>
    item.provides.filter((ref) => ref.space === 'extension').map((ref) => ref.name),
  );
  try {
    const facts = await factsFor(options, roles);
    const isWide = desired.declarations.some(({ declares }) =>
      declares.some(({ address }) => kindByName.get(kindOf(address))?.clusterWide),
    );
    const kindList = isWide ? kinds : kindsAskedFor(kinds, []);
    const scratch = await (isWide ? openOwnServers : openScratch)({
      choice: options.scratch,
      target: null,
      facts,
      extensions,
      roles,
      signal: options.signal,
    });
    try {
      const state = await desiredState(desired, scratch, { major: facts.major, kindList, kinds: kindByName });
      const own = new Map([...state.state].filter(([address]) => !state.initial.has(address)));
      return { ...found, diagnostics: state.diagnostics, objects: state.state.size - state.initial.size, state: own };
    } finally {
      await scratch.close();
    }
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { ...found, diagnostics: merged(desired.diagnostics, error.diagnostics) };
  }
}

/** Without a target: the newest PostgreSQL at hand, with every role that the files name. */
async function factsFor(options: ValidateOptions, roles: readonly string[]): Promise<ServerFacts> {
  if (options.scratch?.kind === 'url') {
    const client = new pg.Client(options.scratch.connection.config);
    await client.connect().catch(ofScratchServer);
    try {
      return await readServer(client);
    } finally {
      await client.end();
    }
  }
  return factsWithoutTarget(roles, Math.max(...embeddedMajors()));
}

function merged(first: readonly Diagnostic[], second: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...first, ...second.filter((diagnostic) => !first.includes(diagnostic))];
}
