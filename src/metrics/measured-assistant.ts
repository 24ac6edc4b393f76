import type { Assistant, RunEvent } from '../assistant/assistant.ts';
import type { Answer } from '../assistant/reply.ts';
import type { Metrics } from './metrics.ts';

/** The assistant as one surface calls it, with its questions and demo runs counted. */
export function measureAssistant(assistant: Assistant, metrics: Metrics, surface: string): Assistant {
  const count = ({ match }: Answer): void => {
    const outcome = match.smallTalk === null ? match.outcome : 'small-talk';
    metrics.questions.inc({ surface, outcome });
  };
  return {
    ...assistant,
    ask(...question) {
      const answer = assistant.ask(...question);
      count(answer);
      return answer;
    },
    async listen(...message) {
      const heard = await assistant.listen(...message);
      if (heard.type === 'answer') count(heard.answer);
      return heard;
    },
    runDemo: (request) => measureRun(assistant.runDemo(request), request.demo, metrics),
  };
}

async function* measureRun(
  events: AsyncIterable<RunEvent>,
  demo: string,
  metrics: Metrics,
): AsyncGenerator<RunEvent, void, void> {
  let state: 'asked' | 'waiting' | 'running' | 'ended' = 'asked';
  const gauges = { waiting: metrics.demosWaiting, running: metrics.demosRunning, asked: null, ended: null } as const;
  const enter = (next: typeof state): void => {
    gauges[state]?.dec();
    gauges[next]?.inc();
    state = next;
  };
  try {
    for await (const event of events) {
      if (event.type === 'queued' && state === 'asked') enter('waiting');
      if (event.type === 'started') enter('running');
      if (event.type === 'finished') {
        enter('ended');
        const { outcome, receipt } = event.report;
        metrics.demoRuns.inc({ demo, outcome });
        metrics.demoRunSeconds.observe({ outcome }, receipt.ms / 1000);
      }
      yield event;
    }
  } finally {
    enter('ended');
  }
}
