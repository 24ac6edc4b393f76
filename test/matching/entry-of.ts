import type { Entry } from '../../src/knowledge/entry.ts';

/** Makes an entry that says little but its phrasings; the title is the first ask, or the id where there is none. */
export const entryOf = (id: string, topic: string | null, asks: readonly string[], signpost = false): Entry => ({
  id,
  title: asks[0] ?? id,
  chapter: 'any',
  topic,
  covers: [],
  asks: [...asks],
  phrasings: [...asks],
  claims: [],
  demo: null,
  related: [],
  sources: ['https://docs.docker.com/'],
  checked: null,
  signpost,
  own: false,
  figure: null,
  body: 'Text.',
  file: `${id}.md`,
});
