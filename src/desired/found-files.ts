/** What reading a source of text gives: files by the names that findings use, and what was wrong; knows no language. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { Variables } from '../core/variables.js';
import type { ReadText } from './read-text.js';

export interface FoundFile {
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
  /** Git commit that holds it, where that is known. */
  readonly commit?: string;
  /** Reads what it names beside itself; left out: the file system does. */
  readonly beside?: ReadText;
  /** What it is read with, where that is not the project's; null: it is nobody's handwriting, and nothing in it stands for anything else. */
  readonly variables?: Variables | null;
}

export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly diagnostics: readonly Diagnostic[];
}
