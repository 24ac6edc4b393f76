import { describe, expect, test } from 'vitest';
import { measureAssistant } from '../../src/metrics/measured-assistant.ts';
import { command, mention, press } from '../fake-slack/payloads.ts';
import { startApp } from '../slack/start-app.ts';

describe('the metrics', () => {
  test('count questions by outcome, calls of Slack by result, and demo runs, without a text or a person', async () => {
    const { slack, metrics } = await startApp();
    slack.faults.set('chat.postMessage', [500]);
    await slack.send('events_api', mention('why is my database empty after I redeployed?'));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage', 30);
    await slack.send('slash_commands', command('what is the weather in Berlin?', slack.responseUrl()));
    await slack.waitFor((call) => call.method.startsWith('respond'));
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
    await slack.waitFor((call) => call.method === 'chat.update' && /held/.test(call.fields.text ?? ''), 60);
    const { body, type } = await metrics.render();
    expect(type).toContain('text/plain');
    expect(body).toContain('dockproof_questions_total{surface="slack",outcome="answer"} 1');
    expect(body).toContain('dockproof_questions_total{surface="slack",outcome="unknown"} 1');
    expect(body).toContain('dockproof_slack_calls_total{method="chat.postMessage",result="http_500"} 1');
    expect(body).toMatch(/dockproof_slack_calls_total\{method="chat\.update",result="ok"\} [1-9]/);
    expect(body).toContain('dockproof_demo_runs_total{demo="data-loss-on-replace",outcome="held"} 1');
    expect(body).toContain('dockproof_demos_running 0');
    expect(body).toMatch(/dockproof_request_seconds_count\{surface="slack",kind="event"\} [1-9]/);
    expect(body).toMatch(/dockproof_store_bytes [1-9]/);
    expect(body).not.toMatch(/redeployed|Berlin|U1\b|C1\b/);
  });

  test('count a run that nobody follows to its end as no longer under way', async () => {
    const { assistant, metrics } = await startApp();
    const measured = measureAssistant(assistant, metrics, 'test');
    const signal = new AbortController().signal;
    const request = { demo: 'tag-moves', who: { id: 'p' }, where: { id: 'c' }, signal };
    for await (const event of measured.runDemo(request)) {
      if (event.type !== 'step-started') continue;
      expect((await metrics.render()).body).toContain('dockproof_demos_running 1');
      break;
    }
    expect((await metrics.render()).body).toContain('dockproof_demos_running 0');
  });
});
