/** schemactl graph: what needs what in a state, for Graphviz, Markdown or a browser. */
import { Args, Flags } from '@oclif/core';
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { nearest } from '../core/suggest.js';
import { dependencyGraph, type Graph, graphDot, graphMermaid } from '../report/graph.js';
import { SchemactlCommand } from './base.js';
import { desiredFlag, scratchFlag, targetFlags, usage, varFlag } from './flags.js';
import { scratchOptions, settingsOf, variablesFor } from './plan-request.js';
import { desiredSources } from './sources.js';

export class GraphCommand extends SchemactlCommand {
  static override summary = 'Show what needs what';
  static override description =
    'Of the desired state, or of any other source: --desired environment:production. With an address, only what is near that object.';
  static override examples = [
    '<%= config.bin %> graph --format svg > schema.svg',
    '<%= config.bin %> graph table:app.orders --depth 1 --format mermaid',
  ];
  static override args = { address: Args.string({ description: 'object in the middle, as plans name it' }) };
  static override flags = {
    env: targetFlags.env,
    desired: desiredFlag,
    var: varFlag,
    scratch: scratchFlag,
    depth: Flags.integer({ description: 'how many steps from the address', min: 0, default: 2 }),
    format: Flags.option({ description: 'form of the picture', options: ['dot', 'mermaid', 'svg'] as const, default: 'dot' as const })(),
  };

  protected async execute(): Promise<number> {
    const { args, flags } = await this.parse(GraphCommand);
    this.common = flags;
    const config = this.readConfig();
    const settings = settingsOf(config, this.environmentOf(config, flags.env));
    const paths = await desiredSources(flags.desired, settings.desired, config);
    const scratch = await scratchOptions(flags.scratch, settings.scratch?.kind === 'target' ? null : settings.scratch);
    const { validateDesired } = await import('../plan/validate-desired.js');
    const { diagnostics, state } = await validateDesired({
      paths,
      variables: variablesFor(settings, flags),
      scratch,
      signal: this.interruption.signal,
      onText: this.onText,
    });
    if (state === undefined) throw new DiagnosticError(diagnostics);
    this.show(diagnostics);
    const { address } = args;
    if (address !== undefined && !state.has(address)) {
      const meant = nearest(address, state.keys());
      throw usage(`the state has no object ${address}`, meant === null ? 'write it as plans do, kind first' : `did you mean ${meant}?`);
    }
    const graph = dependencyGraph(state, address === undefined ? null : { address, depth: flags.depth });
    this.answer('done', { nodes: graph.nodes, edges: graph.edges.map(([from, to]) => ({ from, to })) });
    if (flags.format === 'svg') this.print(await this.drawn(graph));
    else this.print(flags.format === 'dot' ? graphDot(graph) : graphMermaid(graph));
    return ExitCode.done;
  }
  /** @throws DiagnosticError SC7024 */
  private async drawn(graph: Graph): Promise<string> {
    const { graphSvg, NotDrawn } = await import('../report/graph-svg.js');
    try {
      return await graphSvg(graph);
    } catch (error) {
      if (!(error instanceof NotDrawn)) throw error;
      const summary = `the picture of ${graph.nodes.length} objects cannot be drawn: ${error.message}`;
      const hint = 'name an address to draw what is near it, or let --format dot be drawn elsewhere';
      throw new DiagnosticError([{ code: 'SC7024', severity: 'error', summary, hint }]);
    }
  }
}
