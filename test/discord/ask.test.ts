import { Client } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { ask } from '../../src/discord/ask.ts';
import type { Context } from '../../src/discord/command.ts';
import { aJob, aRequest, MEMBER, NOON } from '../jobs/a-job.ts';
import { aContext } from './a-context.ts';
import { aClient, aCommand } from './an-interaction.ts';

/** What commands work with, and what becomes of a command: nothing is run. */
async function setUp() {
  const context = await aContext();
  const added: string[] = [];
  const inDoubt: string[] = [];
  vi.spyOn(context.engine, 'add').mockImplementation(({ id }) => void added.push(id));
  vi.spyOn(context.engine, 'addDraft').mockImplementation(({ id }) => void inDoubt.push(id));
  return { context, added, inDoubt };
}

function askWith(client: Client, context: Context, isPrivate = false): Promise<void> {
  const asking = { request: aRequest(), isPrivate, limits: context.limits };
  return ask(aCommand(client), asking, context);
}

/** The same interaction came to another process, which has a place for it. */
async function knownElsewhere({ ledger, limits }: Context): Promise<void> {
  await ledger.admit(aJob({ isDraft: true, memberId: MEMBER, createdAt: NOON }), limits);
}

/** A client whose requests are cut off: nobody knows whether they arrived. */
function cutOff(): Client {
  const makeRequest = () => Promise.reject(new Error('The connection broke'));
  const client = new Client({ intents: [], rest: { makeRequest } });
  client.rest.setToken('token');
  return client;
}

describe('an interaction that comes twice', () => {
  it('makes one job, and is answered once', async () => {
    const { context, added } = await setUp();
    const { client, sent } = aClient();
    await askWith(client, context);
    expect(added).toEqual(['1']);
    const answers = sent.length;
    await askWith(client, context);
    expect(added).toEqual(['1']);
    expect(sent).toHaveLength(answers);
  });

  it('is the job of whoever Discord says has answered it', async () => {
    const { context, added } = await setUp();
    await knownElsewhere(context);
    await askWith(aClient().client, context);
    expect(added).toEqual(['1']);
    expect(await context.ledger.draft('1')).toBeUndefined();
  });

  it.each([false, true])(
    'is left to the other process where nobody can tell whose answer was taken: privately: %s',
    async (isPrivate) => {
      const { context, added, inDoubt } = await setUp();
      await knownElsewhere(context);
      await expect(askWith(cutOff(), context, isPrivate)).rejects.toThrow('The connection broke');
      expect(added).toEqual([]);
      expect(inDoubt).toEqual([]);
      expect(await context.ledger.draft('1')).toBeDefined();
    },
  );
});

it.each([false, true])(
  'an acknowledgement that was cut off is in doubt: privately: %s',
  async (isPrivate) => {
    const { context, added, inDoubt } = await setUp();
    await askWith(cutOff(), context, isPrivate);
    expect(added).toEqual([]);
    expect(inDoubt).toEqual(['1']);
    expect(await context.ledger.draft('1')).toBeDefined();
  },
);
