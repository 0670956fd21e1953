import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/compile-cache.ts', 'test/page/say-if-skipped.ts'],
    // The tests that start the bot wait more than they work.
    maxWorkers: 4,
    // No test leaves anything behind in a module: every one may be loaded once for many files.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
