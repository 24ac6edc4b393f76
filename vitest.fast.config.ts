import { defineConfig } from 'vitest/config';

/** What needs no engine, no Slack and not the whole book learned, and so says within a minute whether a change holds. */
export default defineConfig({
  test: {
    include: [
      'test/*.test.ts',
      'test/assistant/running/pause.test.ts',
      'test/demos/{catalogue,plan-demo}.test.ts',
      'test/knowledge/{check-book,watch-book}.test.ts',
      'test/knowledge/*/*.test.ts',
      'test/matching/{naive-bayes,search,spelling,topic-classifier}.test.ts',
      'test/sandbox/{mount-guard,owner,seccomp-file}.test.ts',
      'test/scripts/{compare-engines,socket}.test.ts',
      'test/scripts/evaluation/*.test.ts',
      'test/slack/transport/live-message.test.ts',
      'test/store/{busy,conversations,feedback,retention,runs,store-file,workspaces}.test.ts',
      'test/terminal/check-phrasings.test.ts',
      'test/web/*.test.ts',
    ],
    env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // No module keeps state, so files can share what a worker has loaded: loading it anew took as long as the tests.
    isolate: false,
    maxWorkers: 2,
  },
});
