import { expect, test } from 'vitest';
import { createRecentTalk } from '../../../src/slack/answers/recent-talk.ts';

const thread = { team: 'T1', channel: 'C1', thread: '1000.000100' };
const later = '1999.000100';

test('what was written is told in the order of its timestamps, without what came after', () => {
  const recent = createRecentTalk();
  recent.note(thread, { ts: '1002.000100', text: 'third' });
  recent.note(thread, { ts: '1000.000100', text: 'first' });
  recent.note(thread, { ts: '1001.000100', text: 'second' });
  expect(recent.before(thread, '1002.000100')).toEqual(['first', 'second']);
});

test('a thread whose beginning is not known is not told in part', () => {
  const recent = createRecentTalk();
  recent.note(thread, { ts: '1002.000100', text: 'third' });
  expect(recent.before(thread, later)).toBeNull();
});

test('the beginning and the last eight messages are kept, cut to their first characters, for an hour', () => {
  let now = 0;
  const recent = createRecentTalk(() => now);
  for (let index = 0; index < 40; index += 1)
    recent.note(thread, { ts: `10${String(index).padStart(2, '0')}.000100`, text: `${index} ${'x'.repeat(5000)}` });
  const told = recent.before(thread, later) ?? [];
  expect(told.map((text) => text.split(' ')[0])).toEqual(['0', '32', '33', '34', '35', '36', '37', '38', '39']);
  expect(Math.max(...told.map(({ length }) => length))).toBeLessThan(1000);
  now = 61 * 60_000;
  expect(recent.before(thread, later)).toBeNull();
});

test('no more than some hundred threads are kept, the latest', () => {
  const recent = createRecentTalk();
  for (let index = 1000; index < 3000; index += 1)
    recent.note({ ...thread, thread: `${index}.000100` }, { ts: `${index}.000100`, text: 'begins' });
  const known = (index: number) => recent.before({ ...thread, thread: `${index}.000100` }, '9999.000100') !== null;
  expect(known(1000)).toBe(false);
  expect(known(2999)).toBe(true);
});

test('nothing is left of a workspace that is forgotten', () => {
  const recent = createRecentTalk();
  recent.note(thread, { ts: thread.thread, text: 'begins' });
  recent.offer(thread, ['keep-data']);
  recent.forgetTeam('T1');
  expect(recent.before(thread, later)).toBeNull();
  expect(recent.offered(thread)).toBeNull();
});
