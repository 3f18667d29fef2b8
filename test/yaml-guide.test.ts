/** The YAML of the guides is what the loader takes and PostgreSQL makes: all blocks of a guide are one project. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './support/source.js';
import { stateOf } from './support/yaml-state.js';

interface Block {
  readonly language: string;
  /** What follows the language: the name of the file. */
  readonly name: string;
  readonly text: string;
}

function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^```(\w+)[ ]*(.*)\n([\s\S]*?)^```$/gm)].map(([, language = '', name = '', text = '']) => ({
    language,
    name,
    text,
  }));
}

describe('the guide to', () => {
  it.each([
    ['yaml', 6],
    ['reference-data', 2],
  ])('%s shows only what can be loaded, and loaded together', async (guide, least) => {
    const blocks = blocksOf(readFileSync(join(root, `docs/guides/${guide}.md`), 'utf8'));
    const yaml = blocks.filter(({ language }) => language === 'yaml');
    const files = Object.fromEntries([
      ...yaml.map(({ text }, index) => [`block-${index + 1}.yaml`, text]),
      ...blocks.filter(({ name }) => name !== '').map(({ name, text }) => [name, text]),
    ]);
    expect(yaml.length).toBeGreaterThanOrEqual(least);
    const state = await stateOf(files);
    const kinds = new Set([...state.values()].map(({ kind }) => kind));
    console.log(`${yaml.length} YAML blocks of the guide make ${state.size} objects of ${kinds.size} kinds`);
    expect(state.size).toBeGreaterThan(0);
  });
});
