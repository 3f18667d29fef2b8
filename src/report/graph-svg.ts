/** What needs what as a picture that a browser shows: Graphviz, compiled to WebAssembly, draws the DOT text. Knows no kind. */
import { instance } from '@viz-js/viz';
import { type Graph, graphDot } from './graph.js';

/** Text that Graphviz could not draw, or more than its memory holds: `message` is its own. */
export class NotDrawn extends Error {}

/** An SVG document of its own: no script, no font and no address that would be fetched. @throws NotDrawn */
export async function graphSvg(graph: Graph): Promise<string> {
  const graphviz = await instance();
  try {
    const { status, output, errors } = graphviz.render(graphDot(graph), { format: 'svg', engine: 'dot' });
    if (status === 'success') return withoutType(output);
    throw new NotDrawn(errors.map(({ message }) => message).join('; '));
  } catch (error) {
    // What WebAssembly throws when it is out of memory.
    if (error instanceof Error && (error.name === 'RuntimeError' || error instanceof RangeError)) throw new NotDrawn(error.message);
    throw error;
  }
}

/** Some readers fetch the document type of an SVG; none needs it. */
function withoutType(svg: string): string {
  return svg.replace(/<!DOCTYPE[^>]*>\n?/, '');
}
