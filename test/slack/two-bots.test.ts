import { expect, test } from 'vitest';
import { temporaryFolder } from '../engines/test-engine.ts';
import { mention, nextTs } from '../fake-slack/payloads.ts';
import { startApp } from './start-app.ts';

test('two bots on one data folder that get the same forty events give forty answers between them', async () => {
  const folder = await temporaryFolder();
  const bots = [await startApp({ DATA_DIR: folder }), await startApp({ DATA_DIR: folder })];
  const threads = Array.from({ length: 40 }, () => nextTs());
  const posted = () =>
    bots.flatMap(({ slack }) =>
      slack.calls.flatMap(({ method, fields }) => (method === 'chat.postMessage' ? (fields.thread_ts ?? '') : [])),
    );
  for (const ts of threads)
    await Promise.all(
      bots.map(({ slack }) => slack.send('events_api', mention('does a tag move when I build again?', { ts }))),
    );
  await expect.poll(() => threads.filter((ts) => !posted().includes(ts)), { timeout: 40_000 }).toEqual([]);
  const [first] = bots;
  const kept = await Promise.all(threads.map((ts) => first?.store.answers.find('T1', 'C1', ts)));
  expect(kept.filter((answer) => answer == null)).toEqual([]);
  expect(posted()).toHaveLength(40);
});
