import { describe, expect, it } from 'vitest';
import { askFor } from '../../src/discord/ask-for.ts';
import type { Context } from '../../src/discord/command.ts';
import { recordOf } from '../../src/discord/find-job.ts';
import { EMPTY, type Filling, openForm } from '../../src/discord/open-form.ts';
import { logsFor } from '../../src/discord/report-to.ts';
import { StoreError } from '../../src/errors.ts';
import { NO_RULES } from '../../src/guilds/rules.ts';
import { aContext } from './a-context.ts';
import { aClient, aCommand } from './an-interaction.ts';

const never = () => new Promise<never>(() => {});

/** What commands work with, on a store that takes every question and answers none. */
async function hanging(): Promise<Context> {
  const context = await aContext({ answerBy: performance.now() + 50, ownersLogId: '9' });
  Object.assign(context.jobs, { get: never });
  Object.assign(context.guilds, { of: never });
  Object.assign(context.drafts, { keep: never, get: never });
  return context;
}

const BOAT: Filling = { given: { ...EMPTY, prompt: 'A boat' }, files: 'none' };

describe('a store that never answers', () => {
  it('leaves nobody without an answer who asks, though their words can’t be kept', async () => {
    const { client, sent } = aClient();
    expect(await askFor(aCommand(client), BOAT, await hanging())).toBe('refused');
    const [answer, ...more] = sent.map(({ body }) => JSON.stringify(body));
    expect(more).toEqual([]);
    expect(answer).toContain('Nothing was submitted');
    expect(answer).toContain('A boat');
    expect(answer).not.toContain('custom_id');
  });

  it('opens no form whose words it could not keep', async () => {
    const context = await hanging();
    Object.assign(context.guilds, { of: async () => NO_RULES });
    const { client, sent } = aClient();
    const opened = openForm(aCommand(client), 'make', BOAT, context);
    await expect(opened).rejects.toThrow('Nothing was submitted');
    expect(sent).toEqual([]);
  });

  it('tells nothing of a job', async () => {
    await expect(recordOf('1', await hanging())).rejects.toThrow(StoreError);
  });

  it('hides a server’s log, and not the owner’s', async () => {
    const { server, owner } = await logsFor('20', await hanging());
    expect(server).toBeUndefined();
    expect(owner).toBeDefined();
  });
});
