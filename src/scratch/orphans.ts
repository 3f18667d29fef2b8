/**
 * Marks databases as ours, and drops those whose maker died before it could (kill -9, a machine that went down). Only what is provably ours
 * and dead: its name, its comment, nobody connected, and a maker that is gone. Knows nothing of what the databases are for.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { ClientBase } from 'pg';
import { isRunning, processSpace } from './embedded-sweep.js';

const PREFIX = 'schemactl_scratch_';
const NAME = /^schemactl_scratch_[0-9a-f]{12}$/;
const COMMENT = 'schemactl scratch ';

/** A maker that has just begun is not connected yet. */
const YOUNG_MS = 60_000;
/** For makers on other machines, whose process numbers mean nothing here. */
const FOREIGN_AGE_MS = 24 * 3600 * 1000;

interface Owner {
  readonly pid: number;
  readonly space: string;
  readonly host: string;
  readonly created: string;
}

export function scratchName(): string {
  return `${PREFIX}${randomBytes(6).toString('hex')}`;
}

/** Who made it, from where and when: what the sweep of a later run goes by. */
export async function ownerComment(now = new Date()): Promise<string> {
  const owner: Owner = { pid: process.pid, space: await processSpace(), host: hostname(), created: now.toISOString() };
  return `${COMMENT}${JSON.stringify(owner)}`;
}

/** Drops orphans on the server, with `drop`; one that somebody else drops meanwhile, or connects to, is left alone. */
export async function sweepDatabases(admin: ClientBase, drop: (name: string) => Promise<void>, now = Date.now()): Promise<void> {
  const { rows } = await admin.query(
    `select d.datname::text as name, pg_catalog.shobj_description(d.oid, 'pg_database') as comment
       from pg_catalog.pg_database d
      where d.datname like $1 and pg_catalog.pg_has_role(d.datdba, 'usage')
        and not exists (select from pg_catalog.pg_stat_activity a where a.datid = d.oid)`,
    [`${PREFIX.replaceAll('_', '\\_')}%`],
  );
  for (const { name, comment } of rows) {
    if (!NAME.test(name) || !(await isOrphan(comment, now))) continue;
    await drop(name).catch(() => undefined);
  }
}

async function isOrphan(comment: string | null, now: number): Promise<boolean> {
  const owner = readOwner(comment);
  if (owner === null) return false;
  const age = now - Date.parse(owner.created);
  if (!(age > YOUNG_MS)) return false;
  const isHere = owner.host === hostname() && owner.space === (await processSpace());
  return isHere ? !isRunning(owner.pid) : age > FOREIGN_AGE_MS;
}

function readOwner(comment: string | null): Owner | null {
  if (comment === null || !comment.startsWith(COMMENT)) return null;
  try {
    const owner = JSON.parse(comment.slice(COMMENT.length)) as Owner;
    return Number.isInteger(owner.pid) && typeof owner.host === 'string' && typeof owner.created === 'string' ? owner : null;
  } catch {
    return null;
  }
}
