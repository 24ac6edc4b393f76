import { describe, expect, test } from 'vitest';
import type { NewGap } from '../../src/store/gaps.ts';
import type { Vote } from '../../src/store/votes.ts';
import { openRaw, openTestStore } from './open-test-store.ts';

const key = { team: 'T1', place: 'C1', message: '1.1', person: 'U1' };
const vote = (changes: Partial<Vote> = {}) => ({
  ...key,
  question: 'why is my database empty?',
  entry: 'data-loss-on-replace',
  vote: 'not-helpful' as const,
  at: 1000,
  ...changes,
});
const gap = (changes: Partial<NewGap> = {}): NewGap => ({
  team: 'T1',
  place: 'C1',
  event: '1.1',
  person: 'U1',
  question: 'How do I ZFS?',
  normalised: 'zfs',
  kind: 'unknown',
  nearest: ['storage-driver', 'volumes'],
  at: 1000,
  ...changes,
});

const help = { asker: 'U1', reply: { channel: 'C1', thread: '1.0' } };

describe('a vote', () => {
  test('is kept with everything that it came with', async () => {
    const { store } = await openTestStore();
    await store.votes.put(vote());
    expect(await store.votes.forMessage('T1', 'C1', '1.1')).toEqual([vote({ reason: null })]);
  });

  test('replaces the earlier vote of the same person on the same reply, and no other', async () => {
    const { store } = await openTestStore();
    await store.votes.put(vote());
    await store.votes.put(vote({ person: 'U2' }));
    await store.votes.put(vote({ place: 'C2' }));
    await store.votes.put(vote({ vote: 'helpful', at: 2000 }));
    expect((await store.votes.forMessage('T1', 'C1', '1.1')).map(({ person, vote }) => [person, vote])).toEqual([
      ['U2', 'not-helpful'],
      ['U1', 'helpful'],
    ]);
    expect(await store.votes.forMessage('T1', 'C2', '1.1')).toEqual([vote({ place: 'C2', reason: null })]);
  });

  test('that comes late does not replace a newer one, and says so', async () => {
    const { store } = await openTestStore();
    expect(await store.votes.put(vote({ vote: 'helpful', at: 2000 }))).toBe(true);
    expect(await store.votes.put(vote({ vote: 'not-helpful', at: 1000 }))).toBe(false);
    expect((await store.votes.forMessage('T1', 'C1', '1.1'))[0]?.vote).toBe('helpful');
  });

  test('keeps its reason when it comes again, and loses it when it changes', async () => {
    const { store } = await openTestStore();
    const reason = async () => (await store.votes.forMessage('T1', 'C1', '1.1'))[0]?.reason;
    await store.votes.put(vote());
    expect(await store.votes.setReason(key, 'It is about Swarm; "quoted" \'too\'')).toBe(true);
    await store.votes.put(vote({ at: 1001 }));
    expect(await reason()).toBe('It is about Swarm; "quoted" \'too\'');
    await store.votes.put(vote({ vote: 'helpful', at: 1002 }));
    expect(await reason()).toBeNull();
  });

  test('takes a reason only where there is a vote', async () => {
    const { store } = await openTestStore();
    expect(await store.votes.setReason(key, 'too long')).toBe(false);
    expect(await store.votes.forMessage('T1', 'C1', '1.1')).toEqual([]);
  });

  test('counts for its own team only', async () => {
    const { store } = await openTestStore();
    await store.votes.put(vote({ vote: 'helpful' }));
    await store.votes.put(vote({ team: 'T2' }));
    expect(await store.votes.forMessage('T1', 'C1', '1.1')).toEqual([vote({ vote: 'helpful', reason: null })]);
  });
});

describe('a gap', () => {
  const limit = { since: 0, most: 9 };

  test('is kept once for each event, however often the event comes', async () => {
    const { store } = await openTestStore();
    const first = await store.gaps.add(gap());
    const second = await store.gaps.add(gap({ kind: 'voted-down', at: 2000 }));
    expect(second).toEqual({ id: first.id, added: false });
    expect(await store.gaps.list('T1', 0)).toEqual([
      { ...gap(), id: first.id, escalatedAt: null, dismissedAt: null, permalink: null },
    ]);
  });

  test('is another one in another place or team', async () => {
    const { store } = await openTestStore();
    for (const each of [gap(), gap({ place: 'C2' }), gap({ team: 'T2' })])
      expect((await store.gaps.add(each)).added).toBe(true);
  });

  test('is escalated once, so that a double click asks one time', async () => {
    const { store } = await openTestStore();
    const { id } = await store.gaps.add(gap());
    const permalink = 'https://example.slack.com/archives/C1/p11';
    expect(await store.gaps.escalate('T1', id, { by: 'U1', at: 3000, permalink, ...help, limit })).toBe('passed');
    expect(await store.gaps.escalate('T1', id, { by: 'U1', at: 4000, permalink: null, ...help, limit })).toBe('before');
    expect(await store.gaps.get('T1', id)).toMatchObject({ escalatedAt: 3000, permalink });
  });

  test('is passed on anew where whoever marked it died before it was posted', async () => {
    const { store } = await openTestStore();
    const { id } = await store.gaps.add(gap());
    const escalate = (at: number) =>
      store.gaps.escalate('T1', id, { by: 'U1', at, permalink: null, ...help, limit: { since: at, most: 9 } });
    expect(await escalate(1000)).toBe('passed');
    expect(await escalate(61_000)).toBe('before');
    expect(await escalate(61_001)).toBe('passed');
    await store.helpRequests.noteAsked('T1', id, { channel: 'C9', ts: '5.1' });
    expect(await escalate(900_000)).toBe('before');
  });

  test('is not escalated by whoever has escalated as many as they may', async () => {
    const { store } = await openTestStore();
    const escalate = async (event: string, by: string, at = 2000) => {
      const { id } = await store.gaps.add(gap({ event }));
      return store.gaps.escalate('T1', id, { by, at, permalink: null, ...help, limit: { since: 1500, most: 2 } });
    };
    const many = await Promise.all(['1', '2', '3', '4'].map((event) => escalate(event, 'U1')));
    expect(many).toEqual(['passed', 'passed', 'too-often', 'too-often']);
    expect(await escalate('5', 'U2')).toBe('passed');
  });

  test('of one team is out of reach of another', async () => {
    const { store } = await openTestStore();
    const { id } = await store.gaps.add(gap());
    expect(await store.gaps.get('T2', id)).toBeNull();
    expect(await store.gaps.escalate('T2', id, { by: 'U1', at: 1, permalink: null, ...help, limit })).toBe('before');
    expect(await store.gaps.list('T2', 0)).toEqual([]);
  });

  test('is listed newest first, from a time on', async () => {
    const { store } = await openTestStore();
    for (const at of [1000, 3000, 2000]) await store.gaps.add(gap({ event: String(at), at }));
    expect((await store.gaps.list('T1', 2000)).map(({ at }) => at)).toEqual([3000, 2000]);
  });

  test('whose row was damaged by hand is told as such, not returned', async () => {
    const { store, folder } = await openTestStore();
    await store.gaps.add(gap());
    openRaw(folder).exec(`UPDATE gaps SET nearest = '{"not": "a list"}'`);
    await expect(store.gaps.list('T1', 0)).rejects.toThrow(
      expect.objectContaining({ name: 'StoreUnavailable', code: 'corrupt' }),
    );
  });
});

test('text from people is data: it changes no statement', async () => {
  const { store } = await openTestStore();
  const hostile = `'); DROP TABLE votes; --\u0000\u202e😀`;
  await store.votes.put(vote({ question: hostile, entry: hostile }));
  await store.gaps.add(gap({ question: hostile, team: hostile }));
  expect((await store.votes.forMessage('T1', 'C1', '1.1'))[0]?.question).toBe(hostile);
  expect((await store.gaps.list(hostile, 0))[0]?.question).toBe(hostile);
});
