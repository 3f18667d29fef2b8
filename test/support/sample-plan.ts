/** A small plan that keeps to format 1.0, for tests of what handles plans; any member can be replaced. */
import { sha256 } from '../../src/core/hash.js';
import type { PlanBody } from '../../src/core/plan.js';

const before = sha256('before');
const after = sha256('after');

export function samplePlan(changes: Partial<PlanBody> = {}): PlanBody {
  return {
    id: '6f1c2f0e-9f6b-4c36-8f0b-2f3f5a1d7c11',
    created_at: '2026-03-01T12:00:00Z',
    not_after: '2026-03-08T12:00:00Z',
    contract_not_after: null,
    tool: { name: 'schemactl', version: '0.1.0' },
    database: { system_identifier: '7412345678901234567', name: 'shop', uuid: null, server_version: '15.18', major: 15 },
    apply_as: 'deploy',
    settings: { TimeZone: 'UTC' },
    environment: 'production',
    scope: { managed: ['app.*'], ignored: [], schemas: ['app'], declared: ['owner:table:app.orders'] },
    desired: { digest: sha256('desired'), commit: null, files: [{ path: 'schema/orders.sql', digest: sha256('file') }] },
    policy: {
      decisions: [{ hazard: 'drop-column', address: 'column:app.orders.note', decision: 'allowed', rule: '--allow' }],
      allowed: [{ hazard: 'drop-column', address: 'column:app.orders.note', by: 'jo', reason: null }],
    },
    before: { fingerprint: before, objects: { 'column:app.orders.note': before.slice(7, 23), 'table:app.orders': before.slice(7, 23) } },
    after: { fingerprint: after },
    footprint: { 'column:app.orders.note': before, 'table:app.orders': before, 'column:app.orders.total': null },
    changes: [
      { type: 'drop', address: 'column:app.orders.note', before: { type: 'text', not_null: false } },
      {
        type: 'add',
        address: 'column:app.orders.total',
        after: { type: 'bigint' },
        source: { file: 'schema/orders.sql', line: 3, column: 5 },
      },
    ],
    steps: [
      {
        id: '1',
        title: 'add column app.orders.total, drop column app.orders.note',
        phase: 'expand',
        transaction: 'transaction',
        statements: [{ sql: 'ALTER TABLE app.orders ADD COLUMN total bigint' }, { sql: 'ALTER TABLE app.orders DROP COLUMN note' }],
        lock: { mode: 'ACCESS EXCLUSIVE', address: 'table:app.orders' },
        lock_timeout_ms: 2000,
        statement_timeout_ms: 900000,
        hazards: [{ code: 'drop-column', address: 'column:app.orders.note', message: 'the values in note are lost', destructive: true }],
        estimate: { rows: 1200, bytes: 98304 },
        before: { 'column:app.orders.note': before, 'column:app.orders.total': null },
        after: { 'column:app.orders.note': null, 'column:app.orders.total': after },
        done_when: null,
        proven: true,
        data: 'independent',
        recover: [],
        undo: { reason: 'the values of a dropped column cannot be brought back' },
        source: { file: 'schema/orders.sql', line: 3, column: 5 },
      },
    ],
    notes: [],
    complete: true,
    ...changes,
  };
}
