import { expect, test } from 'vitest';
import type { SimMessage } from '../../simulator/discord/discord.ts';
import { labels, press, publicMessages } from './conversation.ts';
import { askForVideo, picture, restartAfterFailure, shareWorld, shows } from './world.ts';

// One Discord and one Seedance for all: what differs from test to test is the moment of the kill.
// Each test asks with prompts of its own, by which it finds what came of them.
const world = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '3' } });
restartAfterFailure(world);

type Asked = Awaited<ReturnType<typeof askForVideo>>;

/** Kills the bot once a moment has come, and starts it again. */
async function killAt(moment: Promise<unknown>, settings?: Record<string, string>): Promise<void> {
  await moment;
  await world().bot.kill();
  await world().bot.startAndConnect(settings);
}

/** The prompts of all submits that arrived, each as often as it did, if they begin like this. */
function submits(prompt: string): string[] {
  const bodies = world().seedance.state.requests.flatMap(({ method, path, body }) =>
    method === 'POST' && path.endsWith('/generations') ? [body as { prompt: string }] : [],
  );
  return bodies.map((body) => body.prompt).filter((one) => one.startsWith(prompt));
}

function tasksOf(prompt: string) {
  const tasks = [...world().seedance.state.tasks.values()];
  return tasks.filter(({ body }) => body.prompt.startsWith(prompt));
}

/** So many tasks were looked at: their ids are saved, for a job is looked at after that only. */
function followed(prompt: string, count = 1): Promise<unknown> {
  return world().seedance.waitFor(
    () => tasksOf(prompt).filter(({ looks }) => looks > 0).length === count,
  );
}

/** A job is saved: a stranger's click on its card is answered as for a job that is known. */
async function saved({ card, asked }: Asked): Promise<void> {
  for (;;) {
    const click = await world().discord.member().clickRaw(card, `cancel:${asked.id}`);
    const { message } = await click.response;
    if (message?.text().includes('Only the member')) return;
  }
}

/** The bot said that a job is over, which it does just before it saves that. */
function done({ asked }: Asked, state: string): Promise<unknown> {
  return world().bot.logged(
    (line) => line.msg === 'Done' && line.jobId === asked.id && line.state === state,
  );
}

/** The bot is killed the moment Discord has the video, before it is told so. */
function killedWhenShown(): Promise<void> {
  const { discord, bot } = world();
  return new Promise((resolve) => {
    const look = (message: SimMessage) => {
      if (!message.video()) return;
      discord.event.off('message', look);
      bot.signal('SIGKILL');
      resolve();
    };
    discord.event.on('message', look);
  });
}

/** The bot is killed the moment the service has done something, before it answers. */
function killedOn(event: 'submit' | 'end'): Promise<void> {
  const { seedance, bot } = world();
  return new Promise((resolve) => {
    const stop = seedance.on(event, () => {
      stop();
      bot.signal('SIGKILL');
      resolve();
    });
  });
}

const isUpload = ({ files }: { files: unknown[] }) => files.length > 0;

/** Each moment of a job's life: what holds the job there, and what says that it has come. */
const MOMENTS: Record<string, (prompt: string) => Promise<unknown>> = {
  'it is queued'(prompt) {
    world().seedance.hold();
    return followed(prompt);
  },
  async 'it is processing'(prompt) {
    const { seedance } = world();
    const task = await seedance.waitFor(() => {
      const [processing] = tasksOf(prompt).filter(({ status }) => status === 'processing');
      // Here and now: a moment later it may have ended.
      if (processing) seedance.hold();
      return processing;
    });
    const { looks } = task;
    await seedance.waitFor(() => task.looks > looks + 1);
  },
  'its generation has just ended'() {
    return killedOn('end');
  },
  'it is downloaded'(prompt) {
    const { seedance } = world();
    seedance.faults.add({ route: 'download', do: 'hang' });
    return seedance.waitFor(() => tasksOf(prompt)[0]?.downloads === 1);
  },
  'half of it is downloaded'() {
    const { seedance, bot } = world();
    seedance.faults.add({ route: 'download', do: 'truncate' });
    return bot.logged(({ msg }) => msg === 'The download broke off', bot.logs.length);
  },
  'it is uploaded'(prompt) {
    const { discord } = world();
    const isThis = (request: { files: unknown[]; body: unknown }) =>
      isUpload(request) && JSON.stringify(request.body).includes(prompt);
    discord.faults.add({ when: isUpload, do: 'hang' });
    return discord.waitFor(({ state }) => state.requests.some(isThis));
  },
  'it is delivered and not yet saved as that'() {
    return killedWhenShown();
  },
};

test.each(Object.keys(MOMENTS))(
  'killed while %s, a job goes on to its end and is paid once',
  async (name) => {
    const { seedance } = world();
    const moment = MOMENTS[name]?.(name);
    const messages = publicMessages(world()).length;
    const asked = await askForVideo(world(), { prompt: name, reference1: await picture() });
    await killAt(Promise.resolve(moment));
    seedance.release();

    await done(asked, 'succeeded');
    const finished = await shows(world(), asked.card, 'AI-generated');
    expect(finished.video()?.attached).toBe(true);
    expect(Buffer.from(finished.video()?.bytes ?? []).equals(seedance.video)).toBe(true);
    expect(submits(name)).toHaveLength(1);
    expect(publicMessages(world())).toHaveLength(messages + 1);
  },
);

test('killed before its final save, a message of its own is not posted a second time', async () => {
  const { discord } = world();
  const times = Number.POSITIVE_INFINITY;
  const noEdit = { method: 'PATCH', path: /messages/, when: isUpload, times };
  discord.faults.add({ ...noEdit, do: { status: 403, code: 50001 } });
  const withVideo = () => publicMessages(world()).filter((message) => message.video()).length;
  const before = withVideo();
  const shown = killedWhenShown();
  const asked = await askForVideo(world(), { prompt: 'Own message' });
  await killAt(shown);
  await done(asked, 'succeeded');
  expect(withVideo()).toBe(before + 1);
  expect(discord.state.pings.map(({ userId }) => userId)).toEqual([asked.member.id]);
  expect(submits('Own message')).toHaveLength(1);
});

test.each(['had done it', 'had done nothing'])(
  'killed in a submit of which the service %s, a job is never submitted again',
  async (what) => {
    const { seedance } = world();
    const prompt = `Submitted, ${what}`;
    if (what === 'had done nothing') seedance.faults.add({ route: 'submit', do: 'hang' });
    const killed =
      what === 'had done it'
        ? killedOn('submit')
        : seedance.waitFor(() => submits(prompt).length > 0);
    const asked = await askForVideo(world(), { prompt });
    await killAt(Promise.resolve(killed));
    const lost = await shows(world(), asked.card, 'We lost the answer');
    expect(lost.text()).toContain('may charge twice');
    expect(labels(lost)).toEqual(['Try again anyway', 'More']);
    await done(asked, 'unconfirmed');
    expect(submits(prompt)).toHaveLength(1);
  },
);

test('killed between the answer to a submit and its save, a job is never submitted again', async () => {
  const { discord, bot } = world();
  const seen = bot.logs.length;
  const { card } = await askForVideo(world(), { prompt: 'Answered' });
  await killAt(bot.logged(({ msg }) => msg === 'Submitted', seen));
  await discord.waitFor(({ state }) =>
    /AI-generated|We lost the answer/.test(state.messages.get(card.id)?.text() ?? ''),
  );
  expect(submits('Answered')).toHaveLength(1);
});

test('killed when Discord has taken the card and has not said so, a job is not lost', async () => {
  const { discord, bot } = world();
  const killed = new Promise<void>((resolve) => {
    discord.event.once('message', () => {
      bot.signal('SIGKILL');
      resolve();
    });
  });
  const { card } = await askForVideo(world(), { prompt: 'Shown' });
  await killAt(killed);
  const finished = await shows(world(), card, 'AI-generated');
  expect(finished.edits, 'it is looked for, and not drawn anew').toBe(1);
  expect(submits('Shown')).toHaveLength(1);
});

test('killed in an acknowledgement that Discord never took, nothing is made of the command', async () => {
  const { discord } = world();
  discord.faults.add({ path: /callback$/, do: 'hang' });
  const asked = await discord.member().slash('video', { prompt: 'Never taken' });
  await killAt(
    discord.waitFor(({ state }) => state.requests.some(({ path }) => path.includes(asked.token))),
  );
  const { response } = asked;
  asked.expire();
  expect((await response).type).toBe('none');
  const other = await askForVideo(world(), { prompt: 'Taken' });
  await shows(world(), other.card, 'AI-generated');
  expect(submits('Never taken')).toEqual([]);
});

test('killed while others render, jobs in line keep their place and are submitted once each', async () => {
  const { seedance } = world();
  const ask = (n: number) => askForVideo(world(), { prompt: `Place ${n}` });
  seedance.hold();
  const asked = await Promise.all([0, 1, 2].map(ask));
  await followed('Place', 3);
  for (const n of [3, 4, 5]) asked.push(await ask(n));
  await killAt(Promise.all(asked.map(saved)));
  seedance.release();
  for (const { card } of asked) await shows(world(), card, 'AI-generated');
  expect(submits('Place')).toHaveLength(6);
  expect(submits('Place').slice(3).sort()).toEqual(['Place 3', 'Place 4', 'Place 5']);
});

test('killed with jobs in every state at once, each goes on from where it stood', async () => {
  const { discord, seedance } = world();
  const ask = (state: string) => askForVideo(world(), { prompt: `Every state: ${state}` });
  const finished = await ask('finished');
  const { edits } = await shows(world(), finished.card, 'AI-generated');

  discord.faults.add({ when: isUpload, do: 'hang' });
  const uploads = () => discord.state.requests.filter(isUpload).length;
  const uploadsBefore = uploads();
  const uploading = await ask('uploading');
  await discord.waitFor(() => uploads() > uploadsBefore);
  seedance.faults.add({ route: 'download', do: 'hang' });
  const downloading = await ask('downloading');
  await seedance.waitFor(() => tasksOf('Every state: downloading')[0]?.downloads === 1);
  seedance.hold();
  const queued = await ask('queued');
  await followed('Every state: queued');
  seedance.faults.add({ route: 'submit', do: 'hang', times: 2 });
  const lost = [await ask('lost'), await ask('lost, too')];
  await seedance.waitFor(() => submits('Every state: lost').length === 2);
  const waiting = await ask('waiting');
  await killAt(saved(waiting));

  seedance.release();
  for (const { card } of [uploading, downloading, queued, waiting]) {
    await shows(world(), card, 'AI-generated');
  }
  for (const { card } of lost) await shows(world(), card, 'We lost the answer');
  expect(submits('Every state')).toHaveLength(7);
  expect(tasksOf('Every state')).toHaveLength(5);
  expect(discord.state.messages.get(finished.card.id)?.edits).toBe(edits);
});

test('killed again and again, whatever it is at, it loses nothing and submits nothing twice', async () => {
  const { discord, seedance, bot } = world();
  const asked = await Promise.all(
    Array.from({ length: 12 }, (_, n) => askForVideo(world(), { prompt: `Again ${n}` })),
  );
  await Promise.all(asked.map(saved));
  for (const count of [6, 9]) {
    await seedance.waitFor(() => submits('Again').length >= count);
    await bot.kill();
    await bot.startAndConnect();
  }
  for (const { card } of asked) {
    await discord.waitFor(({ state }) =>
      /AI-generated|We lost the answer/.test(state.messages.get(card.id)?.text() ?? ''),
    );
  }
  const submitted = submits('Again');
  expect(new Set(submitted).size).toBe(submitted.length);
  // Killed just before the call, when it was saved as under way, a submit is taken for lost.
  const never = asked.filter((_, n) => !submitted.includes(`Again ${n}`));
  for (const { card } of never) expect(card.text()).toContain('We lost the answer');
});

test('a job whose token has ended meanwhile is delivered by the bot itself, into the same card', async () => {
  const { discord, seedance } = world();
  seedance.hold();
  const { card, asked } = await askForVideo(world(), { prompt: 'Token' });
  await killAt(followed('Token'));
  asked.expire();
  seedance.release();
  const finished = await shows(world(), card, 'AI-generated');
  expect(finished.video()?.attached).toBe(true);
  const edits = discord.state.requests.filter(({ method }) => method === 'PATCH');
  expect(edits.at(-1)).toMatchObject({
    path: `/channels/${discord.channelId}/messages/${card.id}`,
    status: 200,
  });
});

test('a job that was told to come again later comes later, also after a restart', async () => {
  const { seedance } = world();
  const busy = { status: 429, headers: { 'retry-after': '2' }, body: { success: false } };
  seedance.faults.add({ route: 'submit', do: busy });
  const { card } = await askForVideo(world(), { prompt: 'Later' });
  await killAt(shows(world(), card, 'In line'));
  await shows(world(), card, 'AI-generated');
  const [told, came] = seedance.state.requests.filter(
    ({ method, body }) => method === 'POST' && (body as { prompt?: string }).prompt === 'Later',
  );
  // A timer may fire a millisecond early.
  expect((came?.at ?? 0) - (told?.at ?? 0)).toBeGreaterThanOrEqual(1990);
  expect(submits('Later')).toHaveLength(2);
});

test('Cancel works after a restart, for a job in line and for one that renders', async () => {
  const { seedance } = world();
  seedance.hold();
  const rendering = await Promise.all(
    [0, 1, 2].map((n) => askForVideo(world(), { prompt: `Cancel ${n}` })),
  );
  await followed('Cancel', 3);
  const inLine = await askForVideo(world(), { prompt: 'Cancel in line' });
  await killAt(saved(inLine));
  for (const { member, card } of [inLine, ...rendering]) {
    await press(world(), member, card, 'Cancel');
    await shows(world(), card, 'Cancelled');
  }
  expect(submits('Cancel')).toHaveLength(3);
  expect(tasksOf('Cancel').map(({ status }) => status)).toEqual(Array(3).fill('cancelled'));
});

// The last to ask for anything, for it leaves a bot with a single slot.
test('more jobs under way than slots: all are followed, and no other begins until there is room', async () => {
  const { seedance } = world();
  const ask = (n: number) => askForVideo(world(), { prompt: `Slot ${n}` });
  seedance.hold();
  const running = await Promise.all([0, 1, 2].map(ask));
  await followed('Slot', 3);
  const inLine = await ask(3);
  await killAt(saved(inLine), { SEEDANCE_MAX_CONCURRENT: '1' });

  const [last, ...others] = tasksOf('Slot');
  const finish = async (task: (typeof others)[number] | undefined) => {
    seedance.finish(task?.requestId ?? '');
    await shows(world(), running[Number(task?.body.prompt.at(-1))]?.card, 'AI-generated');
  };
  for (const task of others) await finish(task);
  expect(submits('Slot')).toHaveLength(3);
  await finish(last);
  seedance.release();
  await shows(world(), inLine.card, 'AI-generated');
  expect(submits('Slot')).toHaveLength(4);
});

test('over all these restarts no job was submitted twice but the one that was told to come again', () => {
  const prompts = submits('');
  const twice = prompts.filter((prompt, n) => prompts.indexOf(prompt) !== n);
  expect(twice).toEqual(['Later']);
});
