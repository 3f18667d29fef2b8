/** What every renderer makes of one plan whose names try to break out of it. */
import { describe, expect, it } from 'vitest';
import type { ApplyEvent } from '../../src/apply/options.js';
import type { Diagnostic } from '../../src/core/diagnostic.js';
import { PLAN_FORMAT, PLAN_FORMAT_VERSION, type PlanBody, type PlanDocument, type PlanStep } from '../../src/core/plan.js';
import { wantsColour } from '../../src/report/colour.js';
import { diagnosticsText, MOST_SHOWN } from '../../src/report/diagnostics.js';
import { hazardFindings } from '../../src/report/findings.js';
import { githubAnnotations } from '../../src/report/github.js';
import { planHtml } from '../../src/report/html.js';
import { junit } from '../../src/report/junit.js';
import { planMarkdown } from '../../src/report/markdown.js';
import { applyLines } from '../../src/report/progress.js';
import { sarif } from '../../src/report/sarif.js';
import { planSql } from '../../src/report/sql.js';
import { planText } from '../../src/report/text.js';
import { samplePlan } from '../support/sample-plan.js';

/** Every change and step form once, and names that hold Markdown, HTML, a shell, a terminal and GitHub's own commands. */
const NASTY = '"<img src=x onerror=alert(1)>|`*@octocat\u001b[2J"';

function document(changes: Partial<PlanBody> = {}): PlanDocument {
  return { format: PLAN_FORMAT, format_version: PLAN_FORMAT_VERSION, plan: samplePlan(changes), signatures: [] };
}

function full(): PlanDocument {
  const [first] = samplePlan().steps as [PlanStep];
  const steps: PlanStep[] = [
    first,
    {
      ...first,
      id: '2',
      title: 'create index app.orders_total_idx',
      transaction: 'none',
      statements: [{ sql: 'CREATE INDEX CONCURRENTLY orders_total_idx ON app.orders (total)' }],
      lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: 'table:app.orders' },
      lock_timeout_ms: 0,
      hazards: [],
      estimate: null,
      data: 'unproven',
      undo: { sql: ['DROP INDEX CONCURRENTLY app.orders_total_idx'] },
    },
    {
      ...first,
      id: '3',
      title: `drop ${NASTY}`,
      phase: 'contract',
      statements: [{ sql: "DROP TABLE app.legacy -- ``` </pre><script>alert('x')</script>" }],
      hazards: [{ code: 'drop-table', address: `table:app.${NASTY}`, message: `drops ${NASTY} with all its rows`, destructive: true }],
      estimate: { rows: 18204, bytes: 4_200_000_000 },
      proven: 'the extension postgis is not available in scratch',
    },
  ];
  return document({
    steps,
    changes: [
      { type: 'add', address: 'table:app.customers', after: { persistence: 'permanent' } },
      { type: 'add', address: 'column:app.customers.id', after: { type: 'bigint', not_null: true, position: 1 } },
      { type: 'drop', address: 'column:app.orders.note', before: { type: 'text' } },
      {
        type: 'add',
        address: 'column:app.orders.total',
        after: { type: 'bigint' },
        source: { file: 'schema/orders.sql', line: 3, column: 5 },
      },
      {
        type: 'set',
        address: 'column:app.orders.status',
        before: { type: 'text', not_null: false },
        after: { type: 'app.status', not_null: false },
      },
      { type: 'rename', address: 'column:app.orders.customer_id', from: 'column:app.orders.client_id' },
      { type: 'drop', address: 'view:app.report', before: { definition: 'select 1' } },
      { type: 'add', address: 'view:app.report', after: { definition: 'select 2' } },
      {
        type: 'add',
        address: 'index:app.orders.orders_total_idx',
        after: { method: 'btree', elements: [{ expression: 'total', descending: true }], valid: true },
      },
      { type: 'set', address: 'comment:table:app.orders', before: { text: 'old' }, after: { text: '@octocat see #1 <b>' } },
      { type: 'add', address: 'privilege:table:app.orders@reader', after: { privileges: ['SELECT'], grantee: 'reader' } },
      { type: 'drop', address: `table:app.${NASTY}`, before: {} },
      { type: 'drop', address: `column:app.${NASTY}.id`, before: {} },
    ],
    policy: {
      decisions: [
        { hazard: 'drop-column', address: 'column:app.orders.note', decision: 'allowed', rule: 'drop-column' },
        { hazard: 'drop-table', address: `table:app.${NASTY}`, decision: 'blocked', rule: 'drop-table' },
      ],
      allowed: [{ hazard: 'drop-column', address: 'column:app.orders.note', by: 'jo', reason: null }],
    },
  });
}

const rank = (kind: string): number => ['table', 'column', 'index'].indexOf(kind) + 1;
const masked = (text: string): string => text.replaceAll(/[0-9a-f]{64}/g, 'HASH');

describe('golden', () => {
  it('text', () => expect(planText(full(), { rank })).toMatchFileSnapshot('golden/plan.txt'));
  it('text with statements and details', () =>
    expect(planText(full(), { rank, sql: true, verbose: true, target: 'deploy@db:5432/shop', objects: 212 })).toMatchFileSnapshot(
      'golden/plan-verbose.txt',
    ));
  it('sql', () => expect(planSql(full())).toMatchFileSnapshot('golden/plan.sql'));
  it('markdown', () => expect(planMarkdown(full(), { rank })).toMatchFileSnapshot('golden/plan.md'));
  it('html', () => expect(masked(planHtml(full(), { rank }))).toMatchFileSnapshot('golden/plan.html'));
  it('sarif', () =>
    expect(masked(sarif(hazardFindings(full().plan), { version: '0.0.0' }, (file) => file))).toMatchFileSnapshot('golden/hazards.sarif'));
  it('junit', () =>
    expect(junit(hazardFindings(full().plan), ['schema/orders.sql', 'schema/other.sql'], (file) => file)).toMatchFileSnapshot(
      'golden/hazards.xml',
    ));
  it('github', () =>
    expect(githubAnnotations(hazardFindings(full().plan), (file) => file)).toMatchFileSnapshot('golden/hazards.github.txt'));
});

describe('text', () => {
  it('says in one line that there is nothing to do', () => {
    const empty = document({ changes: [], steps: [] });
    expect(planText(empty, { rank, objects: 3 })).toBe('No changes. production matches the desired state (3 objects).\n');
  });

  it('colours without changing a character', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
    const plain = planText(full(), { rank, colour: true }).replaceAll(/\u001b\[\d+m/g, '');
    expect(plain).toBe(planText(full(), { rank }));
  });
});

describe('what names cannot do', () => {
  it('reach the terminal as control characters', () => {
    const texts = [planText(full(), { rank, sql: true }), planMarkdown(full(), { rank }), planHtml(full(), { rank })];
    for (const text of texts) expect(text).not.toContain('\u001b');
  });

  it('become tags in HTML, or load anything', () => {
    const html = planHtml(full(), { rank });
    const tags = html.match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => /^<\/?(script|img|b|a|link)\b|\son\w+=|\s(src|href)=/i.test(tag))).toEqual([]);
  });

  it('leave a cell, a fence or a comment in Markdown, or notify anybody', () => {
    const markdown = planMarkdown(full(), { rank });
    const outsideCode = markdown.replaceAll(/^(`{4,}|```)sql\n[\s\S]*?^\1$/gm, '').replaceAll(/(`+)[^\n]*?\1/g, '');
    expect(outsideCode).not.toMatch(/@octocat|<img|<script|onerror=alert\(/);
    for (const row of markdown.split('\n').filter((line) => line.startsWith('| ')))
      expect(row.replaceAll('\\|', '').split('|')).toHaveLength(6);
  });

  it('start a workflow command of their own', () => {
    const finding: Diagnostic = { code: 'SC3001', severity: 'error', summary: 'a\n::error::b', detail: '%0A', hint: 'c' };
    expect(githubAnnotations([finding], (file) => file)).toBe('::error title=SC3001::a%0A::error::b%0A%250A%0Ahint: c\n');
  });
});

it('markdown shrinks in steps, and says what it left out', () => {
  const whole = planMarkdown(full(), { rank });
  const withoutSql = planMarkdown(full(), { rank, limit: whole.length - 1 });
  const countsOnly = planMarkdown(full(), { rank, limit: withoutSql.length - 1 });
  const lengths = [whole, withoutSql, countsOnly, planMarkdown(full(), { rank, limit: countsOnly.length - 1 })];
  expect(lengths[0]).toContain('```sql');
  expect(lengths[1]).toContain('The SQL is left out');
  expect(lengths[2]).toContain('Changes and SQL are left out');
  expect(lengths[3]).toContain('all else is left out');
  for (const text of lengths) expect(text.startsWith('<!-- schemactl plan env=production -->\n')).toBe(true);
});

describe('findings', () => {
  const source = 'create table x (\n\tid intt\n);\n';
  const span = { file: 'a.sql', start: { line: 2, column: 5, offset: 21 }, end: { line: 2, column: 9, offset: 25 } };
  const options = { source: (file: string) => (file === 'a.sql' ? source : null), path: (file: string) => `d/${file}` };

  it('show the place, the line and a caret under it', () => {
    const finding: Diagnostic = {
      code: 'SC1203',
      severity: 'error',
      summary: 'no such type: intt',
      detail: 'in x',
      hint: 'did you mean int?',
      span,
    };
    expect(diagnosticsText([finding], options)).toBe(
      'error[SC1203] no such type: intt\n  d/a.sql:2:5\n     |\n   2 |  id intt\n     |     ^^^^\n     = in x\n  hint: did you mean int?\n',
    );
  });

  it('are sorted by place, shown once, and capped with the errors kept', () => {
    const infos = Array.from(
      { length: MOST_SHOWN + 5 },
      (_, n): Diagnostic => ({ code: 'SC2102', severity: 'info', summary: `note ${n}` }),
    );
    const error: Diagnostic = { code: 'SC1203', severity: 'error', summary: 'the error', span };
    const text = diagnosticsText([...infos, error, error], options);
    expect(text.match(/the error/g)).toHaveLength(1);
    expect(text).toMatch(/and 6 more\n$/);
  });
});

it('a wait is told at once, then more and more seldom, and anew when others stand in the way', () => {
  let now = 0;
  const line = applyLines(() => now);
  const wait = (...pids: readonly number[]): ApplyEvent => {
    const blockers = pids.map((pid) => ({ pid, application: 'psql', state: 'active', ms: now }));
    return { type: 'lock_waiting', step: '1', attempt: 1, attempts: 6, blockers };
  };
  line({ type: 'plan_started', plan: 'x', steps: [{ id: '1', title: 'add a column' }] });
  expect(line(wait(7))).toBe('step 1 of 1 (add a column): waiting for a lock, try 1 of 6: blocked by pid 7 (psql, active, 0 ms)');
  const told: number[] = [];
  for (now = 500; now <= 600_000; now += 500) if (line(wait(7)) !== null) told.push(now / 1000);
  expect(told).toEqual([2, 6, 14, 30, 62, 122, 182, 242, 302, 362, 422, 482, 542]);
  expect(line(wait(7, 8))).toContain('pid 8');
  expect(line({ type: 'step_finished', step: '1', ms: 5 })).toContain('done in 5 ms');
  expect(line(wait(7, 8)), 'after something else').toContain('pid 8');
});

it('a backfill is told of every ten seconds, with its rate and the time that is left', () => {
  let now = 0;
  const line = applyLines(() => now);
  const rows = (done: number, total: number | null): ApplyEvent => ({ type: 'rows_done', step: '2', done, total, rows_per_s: 4000 });
  line({ type: 'plan_started', plan: 'x', steps: [{ id: '2', title: 'fill column:app.t.a' }] });
  const told: number[] = [];
  for (now = 0; now < 30_000; now += 250) if (line(rows(now * 4, 200_000)) !== null) told.push(now / 1000);
  expect(told).toEqual([0, 10, 20]);
  expect(line(rows(120_000, 200_000))).toBe(
    'step 2 of 1 (fill column:app.t.a): 120,000 of about 200,000 rows, 4,000 a second, about 20 s left',
  );
  now += 10_000;
  expect(line(rows(120_000, 90_000)), 'an estimate that was too low').toContain(': 120,000 rows, 4,000 a second');
});

it.each([
  ['always', { NO_COLOR: '1' }, false, true],
  ['never', { FORCE_COLOR: '1' }, true, false],
  ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['auto', { NO_COLOR: '' }, true, true],
  ['auto', { FORCE_COLOR: '1', TERM: 'dumb' }, false, true],
  ['auto', { FORCE_COLOR: '0' }, true, false],
  ['auto', { TERM: 'dumb' }, true, false],
  ['auto', {}, false, false],
] as const)('colour: --color %s with %j on a terminal %s is %s', (mode, env, isTerminal, expected) => {
  expect(wantsColour(mode, env, isTerminal)).toBe(expected);
});
