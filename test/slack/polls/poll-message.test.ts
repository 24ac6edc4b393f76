import { expect, test } from 'vitest';
import type { DemoSummary } from '../../../src/assistant/assistant.ts';
import { type PollStage, pollMessage } from '../../../src/slack/polls/poll-message.ts';
import { refusalOf } from '../../fake-slack/validate-message.ts';

const options = ['After the stop', 'After the replacement', 'After the stop and after the replacement', 'Never'];
const demo: DemoSummary = {
  id: 'a-demo',
  title: 'A demo',
  question: { text: 'When is the file gone?', options, right: 1 },
  steps: ['Write a file'],
  claims: ['a-claim'],
};
const tally = {
  options: [
    { option: 1, people: 2 },
    { option: 3, people: 1 },
  ],
  right: null,
};
const place = { openedBy: 'Ann', direct: false, ownThread: true };

function show(stage: PollStage, where: Partial<typeof place> = {}): string {
  const { text, blocks } = pollMessage(demo, tally, stage, { ...place, ...where });
  expect(refusalOf(text, blocks)).toBeNull();
  return JSON.stringify(blocks);
}

const times = (shown: string, part: string) => shown.split(`"${part}"`).length - 1;

test('while people guess, each option stands there once and whole, and nobody sees what others guessed', () => {
  const shown = show({ type: 'open', note: null });
  expect(options.map((option) => times(shown, option))).toEqual([1, 1, 1, 1]);
  expect(shown).toContain('3 people have guessed');
  expect(shown).not.toMatch(/\d guess(es)?"/);
  expect(shown.split('"action_id"')).toHaveLength(3);
});

test('at its end it says which option is right, and how many guessed each', () => {
  const shown = show({ type: 'ended' });
  expect(shown).toContain(
    '"After the replacement","style":{"bold":true}},{"type":"text","text":" · right · 2 guesses"',
  );
  expect(shown).toContain('1 guess"');
  expect(shown).toContain('2 of 3 people were right');
  expect(shown).not.toContain('action_id');
});

test.each([
  [true, 'in the thread of this message'],
  [false, 'below'],
])('it says where its demo runs: in its own thread (%s)', (ownThread, words) => {
  expect(show({ type: 'running' }, { ownThread })).toContain(`The demo runs ${words}.`);
  expect(show({ type: 'ended' }, { ownThread })).toContain(`The demo ${words} shows it.`);
});

test('it names whoever opened it, and where only one person can guess says how they did', () => {
  expect(show({ type: 'open', note: null })).toContain('Asked by Ann');
  const alone = { options: [{ option: 3, people: 1 }], right: 1 };
  const { text } = pollMessage(demo, alone, { type: 'ended' }, { ...place, openedBy: null, direct: true });
  expect(text).toContain('You were not right.');
});
