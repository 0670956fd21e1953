import { beforeAll, describe, expect, test } from 'vitest';
import type { BotProcess, LogLine } from '../../simulator/bot-process.ts';
import { press } from '../e2e/conversation.ts';
import {
  askAndHold,
  askForVideo,
  shareWorld,
  shows,
  submitsOf,
  taskOf,
  tasksOf,
} from '../e2e/world.ts';
import { hasPostgres, sharePostgres } from './postgres.ts';

describe.skipIf(!hasPostgres)('two processes with one database', () => {
  const postgres = sharePostgres();
  const settings: Record<string, string> = { SEEDANCE_MAX_CONCURRENT: '2', POLL_MAX_MS: '200' };
  const world = shareWorld({
    settings,
    started: false,
    tolerates: /second acknowledgement/,
  });
  const processes: BotProcess[] = [];

  beforeAll(async () => {
    const url = await postgres().createDatabase();
    processes.push(world().another({ DATABASE_URL: url }), world().another({ DATABASE_URL: url }));
    await Promise.all(processes.map((one) => one.startAndConnect()));
  });

  /** The process that has submitted a job, and the other. */
  function whoHas(jobId: string): { owner: BotProcess; other: BotProcess } {
    const [one, two] = processes;
    if (!one || !two) throw new Error('They start first');
    const hasIt = one.logs.some(({ msg, jobId: id }) => msg === 'Submitted' && id === jobId);
    return hasIt ? { owner: one, other: two } : { owner: two, other: one };
  }

  test('answer a command once, make one job of it, and deliver it once', async () => {
    const { card, asked } = await askForVideo(world());
    await shows(world(), card, 'AI-generated');
    expect(tasksOf(world(), asked)).toHaveLength(1);
    const isDone = ({ msg, jobId }: LogLine) => msg === 'Done' && jobId === asked.id;
    await Promise.any(processes.map((one) => one.logged(isDone)));
    expect(processes.flatMap(({ logs }) => logs.filter(isDone))).toHaveLength(1);
  });

  test('a job whose process is killed goes on in the other: nothing is paid twice', async () => {
    const { card, asked, task } = await askAndHold(world());
    const { owner, other } = whoHas(asked.id);
    await owner.kill();
    world().seedance.finish(task.requestId);
    await other.logged(({ msg, jobId }) => msg === 'Done' && jobId === asked.id);
    await shows(world(), card, 'AI-generated');
    expect(submitsOf(world(), asked)).toHaveLength(1);
    await owner.startAndConnect();
  });

  test('a job whose process is stopped is handed over at once', async () => {
    const { card, asked, task } = await askAndHold(world());
    const { owner, other } = whoHas(asked.id);
    const looks = task.looks;
    expect(await owner.stop()).toBe(0);
    await world().seedance.waitFor(() => task.looks > looks, { what: 'a look by the other' });
    world().seedance.finish(task.requestId);
    await other.logged(({ msg, jobId }) => msg === 'Done' && jobId === asked.id);
    await shows(world(), card, 'AI-generated');
    expect(submitsOf(world(), asked)).toHaveLength(1);
    await owner.startAndConnect();
  });

  test('Cancel reaches a job in whichever process it runs, and one in line', async () => {
    const running = await askAndHold(world());
    await press(world(), running.member, running.card, 'Cancel');
    await shows(world(), running.card, '**Cancelled**');
    expect(running.task.status).toBe('cancelled');

    const slots = [await askAndHold(world()), await askAndHold(world())];
    const inLine = await askForVideo(world());
    await shows(world(), inLine.card, 'In line');
    await press(world(), inLine.member, inLine.card, 'Cancel');
    await shows(world(), inLine.card, '**Cancelled**');
    expect(submitsOf(world(), inLine.asked)).toEqual([]);
    for (const { card, task } of slots) {
      world().seedance.finish(task.requestId);
      await shows(world(), card, 'AI-generated');
    }
  });

  test('members take turns, whichever process they were answered by', async () => {
    const { discord, seedance } = world();
    const blocked = await askAndHold(world());
    const open = await askAndHold(world());
    const greedy = discord.member({ name: 'greedy' });
    const modest = discord.member({ name: 'modest' });
    const first = await askForVideo(world(), {}, greedy);
    const third = await askForVideo(world(), {}, greedy);
    const second = await askForVideo(world(), {}, modest);
    seedance.finish(open.task.requestId);
    for (const { asked } of [first, second, third]) {
      seedance.finish((await taskOf(world(), asked)).requestId);
    }
    const ids = [first, second, third].map(({ asked }) => asked.id);
    const order = [...seedance.state.tasks.values()].map(({ body }) => body.metadata?.jobId);
    expect(order.filter((id) => ids.includes(String(id)))).toEqual(ids);
    seedance.finish(blocked.task.requestId);
    for (const { card } of [blocked, open, first, second, third]) {
      await shows(world(), card, 'AI-generated');
    }
  });

  test('while the database is gone commands say so, what runs goes on, and is saved when it is back', async () => {
    const { discord, seedance } = world();
    const { member, card, asked, task } = await askAndHold(world());
    await postgres().down();
    const refused = await (await member.slash('video', { prompt: 'A kite' })).response;
    expect(refused.ephemeral).toBe(true);
    expect(refused.message?.text()).toContain('can’t take new videos');
    seedance.finish(task.requestId);
    await shows(world(), card, 'AI-generated');
    await postgres().up();
    const { owner } = whoHas(asked.id);
    await owner.logged(({ msg }) => msg.startsWith('The store writes again'));
    const listed = await (await member.slash('videos', {})).response;
    const list = await discord.waitFor(() => {
      const now = listed.message && discord.state.messages.get(listed.message.id);
      return now?.text().includes('paper boat') ? now : undefined;
    });
    expect(list.text()).toContain('Finished');
    expect(submitsOf(world(), asked)).toHaveLength(1);
  });

  test('a deploy, old and new side by side, leaves no command unanswered', async () => {
    const { discord } = world();
    const [old, fresh] = processes;
    const before = fresh?.logs.length;
    const members = Array.from({ length: 10 }, (_, index) => discord.member({ name: `d${index}` }));
    let asked = 0;
    const cards: Awaited<ReturnType<typeof askForVideo>>[] = [];
    const ask = async (): Promise<void> => {
      for (const member of members.slice(0, 5)) {
        asked += 1;
        cards.push(await askForVideo(world(), {}, member));
      }
    };
    const burst = Promise.all([ask(), ask(), ask(), ask()]);
    await discord.waitFor(() => cards.length >= 5);
    expect(await old?.stop()).toBe(0);
    await burst;
    expect(cards).toHaveLength(asked);
    for (const { card, asked: command } of cards) {
      await shows(world(), card, 'AI-generated');
      expect(submitsOf(world(), command)).toHaveLength(1);
    }
    const troubles = fresh?.logs.slice(before).filter(({ level }) => level === 'error');
    expect(troubles).toEqual([]);
  });

  test('a process that is stopped while the database is gone ends in order and in time', async () => {
    const { asked } = await askAndHold(world());
    const { owner } = whoHas(asked.id);
    await postgres().down();
    expect(await owner.stop()).toBe(0);
    expect(owner.logs.at(-1)?.msg).toBe('Stopped');
    expect(owner.output).not.toContain('s3cret-of-the-database');
  });
});
