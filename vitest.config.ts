import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/learn-book.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // No module keeps state, so files can share what a worker has loaded: loading it anew took as long as the tests.
    isolate: false,
    // One more than the cores of a small machine: many tests wait for an engine most of their time.
    maxWorkers: 2,
  },
});
