import { describe, expect, test } from 'vitest';
import { openTestStore } from './open-test-store.ts';

const poll = { team: 'T1', poll: 'p1', demo: 'image-layers', at: 1000 };
const guess = (person: string, option: number, at = 1000) => ({ ...poll, person, option, at });

describe('a prediction', () => {
  test('counts once a person and can be changed until the poll is closed', async () => {
    const { store } = await openTestStore();
    await store.predictions.put(guess('U1', 0));
    await store.predictions.put(guess('U2', 0));
    expect(await store.predictions.put(guess('U1', 2, 2000))).toBe(true);
    const options = [
      { option: 0, people: 1 },
      { option: 2, people: 1 },
    ];
    expect(await store.predictions.tally('T1', 'p1')).toEqual({ options, right: null });
    expect(await store.predictions.close({ ...poll, right: 2 })).toBe(true);
    expect(await store.predictions.put(guess('U2', 2, 3000))).toBe(false);
    expect(await store.predictions.tally('T1', 'p1')).toEqual({ options, right: 2 });
  });

  test('that comes late does not replace a newer one', async () => {
    const { store } = await openTestStore();
    await store.predictions.put(guess('U1', 1, 2000));
    await store.predictions.put(guess('U1', 0, 1000));
    expect((await store.predictions.tally('T1', 'p1')).options).toEqual([{ option: 1, people: 1 }]);
  });

  test('belongs to its own poll', async () => {
    const { store } = await openTestStore();
    await store.predictions.put(guess('U1', 1));
    expect(await store.predictions.tally('T1', 'p2')).toEqual({ options: [], right: null });
    expect(await store.predictions.tally('T2', 'p1')).toEqual({ options: [], right: null });
  });

  test('adds to the totals of its demo once its poll is closed', async () => {
    const { store } = await openTestStore();
    expect(await store.predictions.totals('T1', 'image-layers')).toEqual({ people: 0, right: 0 });
    for (const [person, option] of [
      ['U1', 0],
      ['U2', 1],
      ['U3', 1],
    ] as const)
      await store.predictions.put(guess(person, option));
    await store.predictions.put({ ...guess('U1', 1), poll: 'p2' });
    await store.predictions.put({ ...guess('U1', 1), poll: 'p3' });
    expect(await store.predictions.totals('T1', 'image-layers')).toEqual({ people: 0, right: 0 });
    await store.predictions.close({ ...poll, right: 1 });
    await store.predictions.close({ ...poll, poll: 'p2', right: 1 });
    expect(await store.predictions.totals('T1', 'image-layers')).toEqual({ people: 4, right: 3 });
    expect(await store.predictions.totals('T2', 'image-layers')).toEqual({ people: 0, right: 0 });
  });

  test('cannot be made after a close, which happens once and also without guesses', async () => {
    const { store } = await openTestStore();
    expect(await store.predictions.close({ ...poll, right: 1 })).toBe(true);
    expect(await store.predictions.close({ ...poll, right: 0 })).toBe(false);
    expect(await store.predictions.put(guess('U1', 1))).toBe(false);
    expect(await store.predictions.tally('T1', 'p1')).toEqual({ options: [], right: 1 });
  });
});

const key = { team: 'T1', channel: 'C1', thread: '1.1' };

describe('thread memory', () => {
  test('knows the last entry, when it was, and who was seen', async () => {
    const { store } = await openTestStore();
    expect(await store.threads.get(key)).toBeNull();
    await store.threads.put({ ...key, lastEntry: 'volumes', lastAt: 1000 });
    expect([await store.threads.addPerson(key, 'U2'), await store.threads.addPerson(key, 'U1')]).toEqual([true, true]);
    expect(await store.threads.addPerson(key, 'U2')).toBe(false);
    await store.threads.put({ ...key, lastEntry: null, lastAt: 2000 });
    expect(await store.threads.get(key)).toEqual({
      ...key,
      lastEntry: null,
      lastAt: 2000,
      people: ['U1', 'U2'],
      isPublic: false,
    });
  });

  test('tells what was shown lately to whoever asked, and to others only once it is known to be public', async () => {
    const { store } = await openTestStore();
    const other = { ...key, channel: 'C2' };
    await store.threads.put({ ...key, lastEntry: 'volumes', lastAt: 1000, asker: 'U1' });
    await store.threads.put({ ...other, lastEntry: 'images', lastAt: 2000 });
    const seenBy = (person: string, seesPublic = true) =>
      store.threads.recentEntries('T1', { person, seesPublic }, 0, 9);
    expect([await seenBy('U1'), await seenBy('U2')]).toEqual([['volumes'], []]);
    for (const each of [key, other]) await store.threads.setPublic(each, true);
    expect([await seenBy('U1'), await seenBy('U2')]).toEqual([
      ['images', 'volumes'],
      ['images', 'volumes'],
    ]);
    expect(await seenBy('U2', false)).toEqual([]);
    await store.threads.setPublic(other, false);
    expect(await seenBy('U2')).toEqual(['volumes']);
    expect(await store.threads.recentEntries('T2', { person: 'U1', seesPublic: true }, 0, 9)).toEqual([]);
  });

  test('does not go back to older news', async () => {
    const { store } = await openTestStore();
    await store.threads.put({ ...key, lastEntry: 'new', lastAt: 2000 });
    await store.threads.put({ ...key, lastEntry: 'old', lastAt: 1000 });
    expect((await store.threads.get(key))?.lastEntry).toBe('new');
  });

  test('begins only where the bot answered', async () => {
    const { store } = await openTestStore();
    expect(await store.threads.addPerson(key, 'U1')).toBe(false);
    expect(await store.threads.get(key)).toBeNull();
  });
});

describe('a posted answer', () => {
  const answer = {
    team: 'T1',
    channel: 'C1',
    questionTs: '1.1',
    asker: 'U1',
    answers: ['1.2', '1.3'],
    attached: ['1.4'],
    question: 'what is an image?',
    at: 1,
  };

  test('keeps what is attached to the question, to its answer or to what is attached already, once', async () => {
    const { store } = await openTestStore();
    await store.answers.put(answer);
    for (const [message, attached] of [
      ['1.1', '1.5'],
      ['1.3', '1.6'],
      ['1.6', '1.7'],
      ['1.2', '1.6'],
    ] as const)
      await store.answers.attach('T1', 'C1', message, attached);
    expect(await store.answers.attach('T1', 'C1', '1.10', '1.8')).toBe(false);
    expect(await store.answers.attach('T1', 'C2', '1.2', '1.8')).toBe(false);
    const { attached: _, ...edited } = { ...answer, question: 'what is a layer?' };
    await store.answers.put(edited);
    const kept = await store.answers.find('T1', 'C1', '1.1');
    expect(kept?.attached).toEqual(['1.4', '1.5', '1.6', '1.7']);
  });

  test('is found by its question, also after the question changed', async () => {
    const { store } = await openTestStore();
    await store.answers.put(answer);
    expect(await store.answers.find('T1', 'C1', '1.1')).toEqual(answer);
    await store.answers.put({ ...answer, question: 'what is a layer?', at: 2 });
    expect(await store.answers.find('T1', 'C1', '1.1')).toEqual({ ...answer, question: 'what is a layer?', at: 2 });
    expect(await store.answers.find('T1', 'C2', '1.1')).toBeNull();
  });

  test('is removed once', async () => {
    const { store } = await openTestStore();
    await store.answers.put(answer);
    expect(await store.answers.remove('T1', 'C1', '1.1')).toBe(true);
    expect(await store.answers.remove('T1', 'C1', '1.1')).toBe(false);
    expect(await store.answers.find('T1', 'C1', '1.1')).toBeNull();
  });
});

test('an event is taken exactly once in each channel', async () => {
  const { store } = await openTestStore();
  expect(await store.seenEvents.take('T1', 'C1', '1.1', 1)).toBe(true);
  expect(await store.seenEvents.take('T1', 'C1', '1.1', 2)).toBe(false);
  expect(await store.seenEvents.take('T1', 'C2', '1.1', 2)).toBe(true);
  expect(await store.seenEvents.take('T2', 'C1', '1.1', 2)).toBe(true);
});
