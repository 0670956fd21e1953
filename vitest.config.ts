import { defineConfig } from 'vitest/config';

const common = {
  globalSetup: ['test/gather-bot.ts'],
  // No test leaves anything behind in a module: every one may be loaded once for many files.
  isolate: false,
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'bot',
          globalSetup: [...common.globalSetup, 'test/fleet/run-postgres.ts'],
          include: ['test/**/*.test.ts'],
          exclude: ['test/page/**'],
          // The tests that start the bot wait more than they work.
          maxWorkers: 4,
        },
      },
      {
        test: {
          ...common,
          name: 'page',
          include: ['test/page/**/*.test.ts'],
          globalSetup: [...common.globalSetup, 'test/page/say-if-skipped.ts'],
          maxWorkers: 3,
          testTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
