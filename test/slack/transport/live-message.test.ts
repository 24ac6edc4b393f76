import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { plainMessage } from '../../../src/slack/blocks/message.ts';
import { openLiveMessage } from '../../../src/slack/transport/live-message.ts';
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
