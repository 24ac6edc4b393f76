import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { plainMessage } from '../../../src/slack/blocks/message.ts';
import { openLiveMessage } from '../../../src/slack/transport/live-message.ts';
import { settleAnswers } from '../../../src/slack/transport/settle-answers.ts';
import { startFakeSlack, workspace } from '../../fake-slack/fake-slack.ts';

async function open(channel = 'C1', thread?: string) {
  const slack = await startFakeSlack();
  const client = new WebClient(workspace.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const where = { channel, ...(thread === undefined ? {} : { thread }) };
  const live = await openLiveMessage(client, where, 'U1', plainMessage('first'), pino({ level: 'silent' }));
  const shown = () => slack.calls.map(({ method, fields }) => `${method} ${fields.text}`);
  return { slack, live, shown };
}

test('states that come faster than Slack takes edits are skipped, and the last one always stands', async () => {
  const { live, shown } = await open();
  for (let state = 1; state <= 500; state++) live.show(plainMessage(`state ${state}`));
  await live.end(plainMessage('the end'));
  expect(shown()).toEqual(['chat.postMessage first', 'chat.update the end']);
});

test('an edit that fails is made good by the next', async () => {
  const { live, shown, slack } = await open();
  slack.faults.set('chat.update', [500]);
  live.show(plainMessage('lost'));
  await vi.waitFor(() => expect(slack.faults.get('chat.update')).toEqual([]), 5000);
  await live.end(plainMessage('the end'));
  expect(shown()).toEqual(['chat.postMessage first', 'chat.update the end']);
});

test('an end that cannot be edited in is posted in the thread', async () => {
  const { live, slack } = await open('C1', '1500.000100');
  slack.faults.set('chat.update', ['message_not_found']);
  await live.end(plainMessage('the end'));
  expect(slack.calls.at(-1)?.fields).toMatchObject({ text: 'the end', channel: 'C1', thread_ts: '1500.000100' });
});

test('blocks that Slack refuses, simple ones too, are left out, and the text stands', async () => {
  const { live, slack } = await open();
  slack.faults.set('chat.update', ['msg_blocks_too_long', 'msg_blocks_too_long']);
  await live.end(plainMessage('the end'));
  expect(slack.calls.at(-1)).toMatchObject({ method: 'chat.update', fields: { text: 'the end' }, blocks: [] });
});

describe('where Slack says to wait', () => {
  /** As the app has it, so that what Slack says goes the same way. */
  async function openAsApp() {
    const slack = await startFakeSlack();
    const fetch = settleAnswers(globalThis.fetch, slack.apiUrl);
    const client = new WebClient(workspace.botToken, { slackApiUrl: slack.apiUrl, fetch });
    const log = pino({ level: 'silent' });
    const live = await openLiveMessage(client, { channel: 'C1' }, 'U1', plainMessage('first'), log);
    const fault = (...faults: (string | number)[]) => slack.faults.set('chat.update', faults);
    const taken = () => vi.waitFor(() => expect(slack.faults.get('chat.update')).toEqual([]), 5000);
    const edits = () => slack.calls.filter(({ method }) => method === 'chat.update').map(({ fields }) => fields.text);
    return { slack, client, live, fault, taken, edits };
  }

  test.each([429, 500, 503])('and with %i, the newest state is sent then, and no older one', async (status) => {
    const { live, fault, taken, edits } = await openAsApp();
    fault(status);
    live.show(plainMessage('old'));
    await taken();
    live.show(plainMessage('newer'));
    live.show(plainMessage('newest'));
    await vi.waitFor(() => expect(edits()).toHaveLength(1), 8000);
    expect(edits()).toEqual(['newest']);
  });

  test('again and again, the end stands in the message all the same', async () => {
    const { slack, live, fault, taken, edits } = await openAsApp();
    fault(429, 500, 429);
    live.show(plainMessage('old'));
    await vi.waitFor(() => expect(slack.faults.get('chat.update')).toHaveLength(2), 5000);
    await live.end(plainMessage('the end'));
    await taken();
    expect(edits()).toEqual(['the end']);
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
  });

  test('with an edit, nothing else waits for it', async () => {
    const { slack, client, live, fault, taken } = await openAsApp();
    fault(429);
    live.show(plainMessage('old'));
    await taken();
    await client.chat.postMessage({ channel: 'C1', text: 'meanwhile' });
    await vi.waitFor(() => expect(slack.calls.at(-1)?.method).toBe('chat.update'), 5000);
    expect(slack.calls.map(({ fields }) => fields.text)).toEqual(['first', 'meanwhile', 'old']);
  });
});
