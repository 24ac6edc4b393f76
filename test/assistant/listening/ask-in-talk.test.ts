import { expect, test } from 'vitest';
import { askInTalk } from '../../../src/assistant/listening/ask-in-talk.ts';
import type { Answer } from '../../../src/assistant/reply.ts';

const unknown = (question: string): Answer => ({
  question,
  reply: {
    ...{ kind: 'unknown' as const, title: '', markdown: '', short: '', more: '', sources: [], actions: [] },
    ...{ entry: null, figure: null },
  },
  match: {
    ...{ outcome: 'unknown' as const, entry: null, confidence: 0, choices: [], nearest: [], signpost: null },
    ...{ smallTalk: null, explanation: { terms: [], ranking: [], evidence: [], reason: '' } },
  },
});

test('"any idea?" reads how a long conversation began together with its latest messages', async () => {
  const asked: string[] = [];
  const ask = (question: string): Answer => {
    asked.push(question);
    return unknown(question);
  };
  const earlier = ['root', ...Array.from({ length: 12 }, (_, index) => `message ${index + 1}`)];
  await askInTalk(ask, 'any idea?', { entry: null, offered: [], earlier: async () => earlier });
  const together = asked.find((question) => question.includes('\n'));
  expect(together?.split('\n')).toEqual(['root', ...earlier.slice(-6)]);
});
