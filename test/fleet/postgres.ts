import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { freePort } from '../free-port.ts';

const run = promisify(execFile);

/** Where PostgreSQL's programs are: `POSTGRES_BIN`, the PATH, or where Debian puts them. */
function findBinaries(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(':').map((dir) => join(dir, 'initdb'));
  const candidates = [
    ...(process.env.POSTGRES_BIN ? [join(process.env.POSTGRES_BIN, 'initdb')] : []),
    ...onPath,
    ...globSync('/usr/lib/postgresql/*/bin/initdb').sort().reverse(),
  ];
  const found = candidates.find((path) => existsSync(path));
  return found && dirname(found);
}

const BIN = findBinaries();

/** Whether tests that need a PostgreSQL can run here. */
export const hasPostgres = BIN !== undefined;

/** PostgreSQL refuses to run as root: then it runs as the user that Debian makes for it. */
function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** pg-boss takes no less. */
const SHORTEST_HEARTBEAT_SECONDS = 10;

/** A PostgreSQL of our own in a temporary folder, on a free port. */
export class Postgres {
  readonly port: number;
  readonly #dir: string;
  readonly #bin: string;
  readonly #owner = owner();
  #server: ChildProcess | undefined;

  private constructor(bin: string, dir: string, port: number) {
    this.#bin = bin;
    this.#dir = dir;
    this.port = port;
  }

  static async start(): Promise<Postgres> {
    if (BIN === undefined) throw new Error('There is no PostgreSQL here');
    const postgres = new Postgres(
      BIN,
      mkdtempSync(join(tmpdir(), 'bot-postgres-')),
      await freePort(),
    );
    await postgres.#initialize();
    await postgres.up();
    return postgres;
  }

  /** A new, empty database. Its fleet waits no longer than it must for who is gone. @returns its address */
  createDatabase(): Promise<string> {
    return createDatabase(this.port, SHORTEST_HEARTBEAT_SECONDS);
  }

  async up(): Promise<void> {
    const options = ['-D', join(this.#dir, 'data'), '-k', this.#dir, '-p', String(this.port)];
    // Each of its databases lives for seconds: nothing in it is worth a clean-up.
    const cheap = ['fsync=off', 'autovacuum=off', 'jit=off'];
    const settings = ['listen_addresses=127.0.0.1', 'max_connections=200', ...cheap];
    const server = spawn(
      join(this.#bin, 'postgres'),
      [...options, ...settings.flatMap((setting) => ['-c', setting])],
      { ...this.#owner, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      let printed = '';
      server.stderr?.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        if (printed.includes('ready to accept connections')) resolve();
      });
      server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${printed}`)));
    });
  }

  /** Every connection breaks at once, as when its machine is restarted. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server || server.exitCode !== null) return;
    const exited = once(server, 'exit');
    server.kill('SIGQUIT');
    await exited;
  }

  /**
   * It refuses nothing and answers nothing, as when its disk hangs, until it goes on.
   * @returns lets it go on
   */
  async halt(): Promise<() => void> {
    const client = new pg.Client({ connectionString: urlOf(this.port, 'postgres') });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
    await client.end();
    const server = this.#server?.pid;
    if (server === undefined) throw new Error('PostgreSQL is down');
    const pids = [server, ...rows.map(({ pid }) => pid)];
    signalAll(pids, 'SIGSTOP');
    return () => signalAll(pids, 'SIGCONT');
  }

  async stop(): Promise<void> {
    await this.down();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #initialize(): Promise<void> {
    if (this.#owner) chownSync(this.#dir, this.#owner.uid, this.#owner.gid);
    const options = ['-U', 'bot', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    await run(join(this.#bin, 'initdb'), ['-D', join(this.#dir, 'data'), ...options], {
      ...this.#owner,
      cwd: this.#dir,
    });
  }
}

/** A new, empty database in the server of this run of the tests. @returns its address */
export function createSharedDatabase(): Promise<string> {
  return createDatabase(inject('postgresPort'));
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // A connection's process may have ended with it.
    }
  }
}

function urlOf(port: number, name: string): string {
  return `postgres://bot:s3cret-of-the-database@127.0.0.1:${port}/${name}`;
}

async function createDatabase(port: number, heartbeatSeconds?: number): Promise<string> {
  const name = `bot_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: urlOf(port, 'postgres') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  if (heartbeatSeconds !== undefined) {
    const setting = `seedance_bot.heartbeat_seconds = '${heartbeatSeconds}'`;
    await client.query(`ALTER DATABASE ${name} SET ${setting}`);
  }
  await client.end();
  return urlOf(port, name);
}

/** A PostgreSQL for the tests of one file, to do harm to. @returns what gives it, from within a test */
export function sharePostgres(): () => Postgres {
  let postgres: Postgres | undefined;
  beforeAll(async () => {
    postgres = await Postgres.start();
  });
  afterAll(() => postgres?.stop());
  return () => {
    if (!postgres) throw new Error('PostgreSQL starts with the first test');
    return postgres;
  };
}
