/** The one decision whether to colour, and the colours; knows nothing of what is coloured. */

export type ColourMode = 'auto' | 'always' | 'never';

/** --color, then NO_COLOR (when not empty), FORCE_COLOR, TERM=dumb, and whether the stream is a terminal. */
export function wantsColour(mode: ColourMode, env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (mode !== 'auto') return mode === 'always';
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.TERM === 'dumb') return false;
  return isTerminal;
}

export interface Paint {
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
}

function paint(enabled: boolean): Paint {
  const style = (open: number, close: number) => (text: string) =>
    enabled && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { red: style(31, 39), green: style(32, 39), yellow: style(33, 39), cyan: style(36, 39), bold: style(1, 22), dim: style(2, 22) };
}

export const PLAIN: Paint = paint(false);
export const COLOURED: Paint = paint(true);
