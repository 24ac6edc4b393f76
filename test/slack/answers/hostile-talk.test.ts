import { expect, test } from 'vitest';
import { hostileMessages } from '../../fake-slack/hostile-messages.ts';
import { mention, message, nextTs } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

const count = 120;

test('hostile messages in threads, read before a mention or overheard, get one reply that pings nobody and that Slack takes', async () => {
  const { slack } = await startApp({ DEMO_WARM_RUNS: '0' });
  const inChannel = (text: string, fields: object) =>
    message(text, { channel: 'C1', channel_type: 'channel', ...fields });
  const replies = new Map<string, number>();
  slack.listen(({ method, fields }) => {
    const thread = method === 'chat.postMessage' || method === 'chat.postEphemeral' ? fields.thread_ts : undefined;
    if (thread === undefined || fields.text?.startsWith('Continued') === true) return;
    replies.set(thread, (replies.get(thread) ?? 0) + 1);
  });
  const expected = new Map<string, number>();
  for (const [index, text] of hostileMessages(count).entries()) {
    const ts = nextTs();
    const user = `UH${index}`;
    if (index % 2 === 0) {
      // Read as how the thread began.
      await slack.send('events_api', inChannel(text, { ts, user: 'U2' }));
      await slack.send('events_api', mention('any idea?', { thread_ts: ts, user }));
      expected.set(ts, 1);
    } else {
      // Overheard of somebody alone, unless it speaks to others or says nothing.
      await slack.send('events_api', mention('what is a volume?', { ts, user }));
      await slack.waitFor(({ fields }) => fields.thread_ts === ts);
      await slack.send('events_api', inChannel(text, { thread_ts: ts, user }));
      expected.set(ts, 2);
    }
  }
  const last = nextTs();
  await slack.send('events_api', mention('what is an image?', { ts: last }));
  await slack.waitFor(({ fields }) => fields.thread_ts === last);
  await slack.waitFor(() => [...expected].every(([ts, most]) => most === 2 || replies.get(ts) === 1), 60);
  expect([...expected].filter(([ts, most]) => (replies.get(ts) ?? 0) > most)).toEqual([]);
  expect(slack.refused).toEqual([]);
}, 120_000);
