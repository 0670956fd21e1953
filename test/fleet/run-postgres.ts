import type { TestProject } from 'vitest/node';
import { hasPostgres, Postgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the PostgreSQL that is there for a whole run of the tests. */
    postgresPort: number;
  }
}

/** One PostgreSQL for all tests; they make databases of their own in it. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  if (!hasPostgres) {
    process.stdout.write(
      'Tests that need a PostgreSQL are skipped: there is none (Debian: apt-get install postgresql)\n',
    );
    return undefined;
  }
  const postgres = await Postgres.start();
  project.provide('postgresPort', postgres.port);
  return () => postgres.stop();
}
