import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/learn-book.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One more than the cores of a small machine: many tests wait for an engine most of their time.
    maxWorkers: 3,
  },
});
