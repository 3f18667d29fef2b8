/** schemactl graph: what needs what, whole and around one object, in forms that others draw. */
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { validateDesired } from '../../src/plan/validate-desired.js';
import { dependencyGraph, graphDot, graphMermaid } from '../../src/report/graph.js';
import { graphSvg } from '../../src/report/graph-svg.js';
import { testServer } from '../support/database.js';
import { spec } from '../support/made-plan.js';
import { project, schemactl } from './run-binary.js';

vi.setConfig({ testTimeout: 120_000 });

const SQL = `create schema app;
create domain app.money as numeric check (value >= 0);
create table app.customers (id integer primary key);
create table app.orders (id integer primary key, customer_id integer references app.customers, total app.money);
create view app."say ""hi""; [x]" as select total from app.orders;
create table app.apart (id integer);
`;
const VIEW = 'view:app."say ""hi""; [x]"';

let state: NonNullable<Awaited<ReturnType<typeof validateDesired>>['state']>;
let url = '';

beforeAll(async () => {
  url = (await testServer()).url;
  const outcome = await validateDesired({
    paths: [{ from: 'text', path: 'app.sql', text: SQL }],
    scratch: { kind: 'url', connection: spec(url) },
  });
  if (outcome.state === undefined) throw new Error(JSON.stringify(outcome.diagnostics));
  state = outcome.state;
});

describe('the graph', () => {
  it('has an edge for whatever an object or a part of it needs', () => {
    const { nodes, edges } = dependencyGraph(state);
    const between = edges.filter(([, to]) => to !== 'schema:app').map((pair) => pair.join(' -> '));
    expect(between).toEqual([
      'table:app.orders -> domain:app.money',
      'table:app.orders -> table:app.customers',
      `${VIEW} -> domain:app.money`,
      `${VIEW} -> table:app.orders`,
    ]);
    expect(nodes).toEqual(['domain:app.money', 'schema:app', 'table:app.apart', 'table:app.customers', 'table:app.orders', VIEW]);
  });

  it('shows what is so many steps from an object or a part of it', () => {
    const near = (address: string, depth: number) =>
      dependencyGraph(new Map([...state].filter(([at]) => at !== 'schema:app')), { address, depth }).nodes;
    expect(near('table:app.customers', 0)).toEqual(['table:app.customers']);
    expect(near('table:app.customers', 1)).toEqual(['table:app.customers', 'table:app.orders']);
    expect(near('column:app.customers.id', 2)).toEqual(['domain:app.money', 'table:app.customers', 'table:app.orders', VIEW]);
  });

  it('has names that cannot be taken for syntax', () => {
    expect(graphDot(dependencyGraph(state))).toContain('  "view:app.\\"say \\"\\"hi\\"\\"; [x]\\"" -> "table:app.orders";');
    const mermaid = graphMermaid(dependencyGraph(state));
    expect(mermaid).toContain('["view app.#34;say #34;#34;hi#34;#34;#59; #91;x#93;#34;"]');
    expect(mermaid.split('\n')[0]).toBe('flowchart LR');
  });

  it('is drawn as SVG: well-formed, with a box and a line for everything, around one object too', async () => {
    const whole = dependencyGraph(state);
    expect(svgParts(await graphSvg(whole))).toEqual({
      boxes: whole.nodes.map((address) => address.replace(':', ' ')).sort(),
      lines: whole.edges.map(([from, to]) => `${from}->${to}`).sort(),
    });
    const near = dependencyGraph(state, { address: 'table:app.apart', depth: 0 });
    expect(svgParts(await graphSvg(near))).toEqual({ boxes: ['table app.apart'], lines: [] });
    const nasty = `table:app."a --> b ]]> &amp; <script> \u202e -- \\N"`;
    const drawn = await graphSvg({ nodes: [nasty], edges: [[nasty, nasty]] });
    expect(svgParts(drawn).boxes).toEqual([`table ${nasty.slice(6).replace('\u202e', '\\u202e')}`]);
    // Nothing in it makes a reader run or fetch anything.
    expect(drawn).not.toMatch(/<script|<!DOCTYPE|href=|<image/);
  });
});

/** Texts of the boxes and titles of the lines. @throws where the text is no well-formed XML */
function svgParts(svg: string): { readonly boxes: readonly string[]; readonly lines: readonly string[] } {
  const parser = new SaxesParser();
  const [boxes, lines, path, classes]: [string[], string[], string[], string[]] = [[], [], [], []];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    if (name === 'g') classes.push(String(attributes.class));
  });
  parser.on('closetag', ({ name }) => {
    path.pop();
    if (name === 'g') classes.pop();
  });
  parser.on('text', (text) => {
    if (path.at(-1) === 'text') boxes.push(text);
    if (path.at(-1) === 'title' && classes.at(-1) === 'edge') lines.push(text);
  });
  parser.write(svg).close();
  return { boxes: boxes.sort(), lines: lines.sort() };
}

it('schemactl graph prints it, and says which object was meant', async () => {
  const folder = project({ 'app.sql': SQL });
  const run = (...args: readonly string[]) => schemactl(folder, ['graph', '--desired', 'app.sql', ...args], { SCHEMACTL_SCRATCH: url });
  const ran = await run('table:app.apart', '--depth', '0', '--format', 'mermaid');
  expect(ran).toMatchObject({ code: 0, stdout: 'flowchart LR\n  n1["table app.apart"]\n', stderr: '' });
  const drawn = await run('table:app.apart', '--depth', '0', '--format', 'svg');
  expect(drawn).toMatchObject({ code: 0, stderr: '' });
  expect(svgParts(drawn.stdout).boxes).toEqual(['table app.apart']);
  expect(await run('table:app.order')).toMatchObject({ code: 64, stderr: expect.stringContaining('did you mean table:app.orders?') });
});
