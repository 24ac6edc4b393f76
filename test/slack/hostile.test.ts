import { expect, test } from 'vitest';
import { hostileMessages } from '../fake-slack/hostile-messages.ts';
import { command, mention, message, nextTs, shortcut } from '../fake-slack/payloads.ts';
import { startApp } from './start-app.ts';

/** `npm run bench slack-hostile` sends 5,000. */
const count = Number(process.env.HOSTILE_MESSAGES ?? 1000);

test('hostile messages by every way in each get one reply that pings nobody and that Slack takes', async () => {
  const { slack } = await startApp({ DEMO_WARM_RUNS: '0' });
  /** By where replies go: a thread, a response address, or a person. */
  const replies = new Map<string, number>();
  slack.listen(({ method, fields }) => {
    if (fields.text?.startsWith('Continued') === true) return;
    const privately = method === 'chat.postEphemeral' ? fields.user : fields.thread_ts;
    const key = method.startsWith('respond/') ? method : (privately ?? '');
    replies.set(key, (replies.get(key) ?? 0) + 1);
  });
  const expected: (readonly string[])[] = [];
  for (const [index, text] of hostileMessages(count).entries()) {
    const ts = nextTs();
    const responseUrl = slack.responseUrl();
    const person = `UH${index}`;
    expected.push(index % 4 < 2 ? [ts] : [new URL(responseUrl).pathname.slice(1), person]);
    switch (index % 4) {
      case 0:
        await slack.send('events_api', mention(text, { ts }));
        break;
      case 1:
        await slack.send('events_api', message(text, { ts }));
        break;
      case 2:
        await slack.send('slash_commands', command(text, responseUrl, { user_id: person }));
        break;
      default:
        await slack.send('interactive', { ...shortcut(text, responseUrl), user: { id: person } });
    }
  }
  const repliesTo = (keys: readonly string[]) => keys.reduce((sum, key) => sum + (replies.get(key) ?? 0), 0);
  await slack.waitFor(() => expected.every((keys) => repliesTo(keys) > 0), 60).catch(() => undefined);
  expect(expected.filter((keys) => repliesTo(keys) !== 1)).toEqual([]);
  expect(slack.refused).toEqual([]);
}, 300_000);
