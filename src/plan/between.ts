/** One source compared with another, neither of which is touched: the first is made in a throw-away database, and planned from there. */
import pg from 'pg';
import { readServer, type ServerFacts } from '../catalog/server.js';
import { DiagnosticError } from '../core/diagnostic.js';
import { type Source, sourceName } from '../core/source.js';
import { rolesNamed } from '../desired/roles.js';
import { kindsAskedFor } from '../diff/cluster-wide.js';
import { orderDeclarations } from '../graph/declarations.js';
import { kinds } from '../kinds/registry.js';
import { embeddedMajors } from '../scratch/embedded.js';
import { ofScratchServer, openScratch } from '../scratch/open.js';
import type { ScratchOptions } from '../scratch/options.js';
import { openOwnServers } from '../scratch/own-servers.js';
import { runDeclarations } from '../scratch/run.js';
import { newDocument } from './arrange.js';
import { withCircles } from './circles.js';
import { nothingDeclared } from './desired-input.js';
import { isError } from './desired-state.js';
import { makePlan } from './make.js';
import type { PlanOptions, PlanOutcome } from './options.js';
import type { Past } from './past.js';
import { type ReadSources, readSources } from './read-sources.js';
import { factsWithoutTarget } from './without-target.js';

export interface BetweenOptions extends Omit<PlanOptions, 'target' | 'adopt'> {
  readonly from: readonly Source[];
}

/** A plan from what is no database can be read, and not applied: it is bound to none. @throws DiagnosticError */
export async function planBetween(
  options: BetweenOptions,
  readPast: (client: pg.ClientBase) => Promise<Past | null>,
): Promise<PlanOutcome> {
  const { from, desired, manage, ignore, signal } = options;
  const reading = { manage, ignore, onText: options.onText, signal };
  const [start, end] = [await readSources(from, reading), await readSources(desired, reading)];
  throwOnErrors(start);
  if (start.declarations.length === 0) throw new DiagnosticError([nothingDeclared(from)]);
  const kindList = kindsAskedFor(kinds, manage);
  const declarations = [...start.declarations, ...end.declarations];
  const facts = await factsOf(options.scratch, rolesNamed(declarations), start.major ?? end.major);
  const open = kindList.some((kind) => kind.clusterWide === true) ? openOwnServers : openScratch;
  const extensions = declarations.flatMap((each) => each.provides.filter((ref) => ref.space === 'extension').map((ref) => ref.name));
  const scratch = await open({ choice: options.scratch, target: null, facts, extensions, roles: facts.roles, signal });
  try {
    const database = await scratch.newDatabase();
    const { order, diagnostics } = orderDeclarations(start.declarations);
    const failures = await runDeclarations(database.client, order);
    if (failures.length > 0) throw new DiagnosticError(withCircles(failures, diagnostics));
    // One connection is all that others may have there.
    await database.client.end();
    const name = from.map(sourceName).join(', ');
    const outcome = await makePlan({ ...options, target: { config: database.config, label: name }, adopt: true }, readPast, end);
    return { ...outcome, document: newDocument(withoutDatabase(outcome.document.plan, name)) };
  } finally {
    await scratch.close();
  }
}

type Body = PlanOutcome['document']['plan'];

/** No server has this identity, so nothing applies it; and the name of the throw-away database would differ from run to run. */
function withoutDatabase(plan: Body, name: string): Body {
  return { ...plan, database: { ...plan.database, system_identifier: null, uuid: null, name } };
}

async function factsOf(choice: ScratchOptions, roles: readonly string[], major: number | null): Promise<ServerFacts> {
  if (choice.kind !== 'url') return factsWithoutTarget(roles, major ?? Math.max(...embeddedMajors()));
  const client = new pg.Client(choice.connection.config);
  await client.connect().catch(ofScratchServer);
  try {
    return { ...(await readServer(client)), roles };
  } finally {
    await client.end();
  }
}

function throwOnErrors({ diagnostics }: ReadSources): void {
  if (diagnostics.some(isError)) throw new DiagnosticError(diagnostics);
}
