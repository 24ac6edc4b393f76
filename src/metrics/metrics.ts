import { statSync } from 'node:fs';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is measured while the bot runs. No label holds a text or a person. */
export interface Metrics {
  readonly questions: Counter<'surface' | 'outcome'>;
  /** From the moment a request came in until everything that answers it is done. */
  readonly requestSeconds: Histogram<'surface' | 'kind'>;
  readonly demoRuns: Counter<'demo' | 'outcome'>;
  readonly demoRunSeconds: Histogram<'outcome'>;
  readonly demosWaiting: Gauge;
  readonly demosRunning: Gauge;
  /** Calls of Slack's Web API, tries that are repeated counted each. `result` is `ok`, Slack's error, or `http_…`. */
  readonly slackCalls: Counter<'method' | 'result'>;
  /** Requests that Slack sent again because it did not see them taken in time. */
  readonly slackRedeliveries: Counter;
  /** 1 while the engine for demos answers. */
  readonly engineUp: Gauge;
  readonly knowledgeEntries: Gauge;
  /** All of it in the format that Prometheus reads. */
  render(): Promise<{ readonly type: string; readonly body: string }>;
}

/** Seconds: answers are about 10 ms, demos up to a minute. */
const answerBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const runBuckets = [0.25, 0.5, 1, 2, 4, 8, 15, 30, 60];

/**
 * Makes the metrics (https://prometheus.io/docs/practices/naming/).
 * @param storeFile the store's file, whose size is told
 */
export function createMetrics(storeFile: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: 'dockproof_store_bytes',
    help: "Size of the store's file",
    registers,
    collect() {
      this.set(statSync(storeFile, { throwIfNoEntry: false })?.size ?? 0);
    },
  });
  return {
    questions: new Counter({
      name: 'dockproof_questions_total',
      help: 'Questions asked, by how they ended',
      labelNames: ['surface', 'outcome'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'dockproof_request_seconds',
      help: 'Time from a request to the end of its answer',
      labelNames: ['surface', 'kind'],
      buckets: answerBuckets,
      registers,
    }),
    ...demoMetrics(registers),
    ...slackMetrics(registers),
    engineUp: new Gauge({ name: 'dockproof_engine_up', help: '1 while the engine for demos answers', registers }),
    knowledgeEntries: new Gauge({
      name: 'dockproof_knowledge_entries',
      help: 'Entries of the book in use, signposts included',
      registers,
    }),
    async render() {
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
}

function demoMetrics(registers: Registry[]) {
  return {
    demoRuns: new Counter({
      name: 'dockproof_demo_runs_total',
      help: 'Demo runs, by how they ended',
      labelNames: ['demo', 'outcome'],
      registers,
    }),
    demoRunSeconds: new Histogram({
      name: 'dockproof_demo_run_seconds',
      help: 'Time of demo runs from their start to the end of their clean-up',
      labelNames: ['outcome'],
      buckets: runBuckets,
      registers,
    }),
    demosWaiting: new Gauge({ name: 'dockproof_demos_waiting', help: 'Demo runs in the queue', registers }),
    demosRunning: new Gauge({ name: 'dockproof_demos_running', help: 'Demo runs under way', registers }),
  };
}

function slackMetrics(registers: Registry[]) {
  return {
    slackCalls: new Counter({
      name: 'dockproof_slack_calls_total',
      help: "Calls of Slack's Web API, repeated ones counted each",
      labelNames: ['method', 'result'],
      registers,
    }),
    slackRedeliveries: new Counter({
      name: 'dockproof_slack_redeliveries_total',
      help: 'Requests that Slack sent again',
      registers,
    }),
  };
}
