import type { Context, Services } from '../../src/discord/command.ts';
import { Memberships } from '../../src/discord/memberships.ts';
import { Threads } from '../../src/discord/threads.ts';
import { Guilds } from '../../src/guilds/guilds.ts';
import { LocalEngine } from '../../src/jobs/engine.ts';
import type { Limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { FormDrafts } from '../../src/members/form-drafts.ts';
import { PreferenceStore } from '../../src/members/preferences.ts';
import { MODEL_IDS } from '../../src/models.ts';
import { offerOf } from '../../src/offer.ts';
import { Words } from '../../src/words.ts';
import { NOON } from '../jobs/a-job.ts';
import { Bench } from '../jobs/bench.ts';
import type { LimitChanges } from '../jobs/some-limits.ts';
import { openStores } from '../store/temp-stores.ts';

/** An owner who limits nothing. */
export const NO_LIMITS: Limits = {
  allowed: { bot: {}, server: {}, member: {}, 'member-here': {} },
  maxActivePerMember: 100,
  cooldownMs: 0,
};

/** What commands work with, on real stores that go with the test; nothing is submitted anywhere. */
export async function aContext(
  changes: Partial<Context> = {},
  limitChanges: LimitChanges = {},
): Promise<Context> {
  const { jobs, limits, parts } = await Bench.set(limitChanges);
  const { api, durations, gate, ledger, prices } = parts;
  const stores = openStores();
  const log = createLog({ level: 'silent', secrets: [] });
  const offer = offerOf({ allowedModels: MODEL_IDS });
  const services: Services = {
    currentOffer: () => offer,
    isShared: false,
    limits,
    allowedGuilds: undefined,
    minAccountAgeMs: 0,
    ownersLogId: undefined,
    reports: { take: async () => 'taken', takeBack: async () => {} },
    offerReports: async () => {},
    audit: { note: () => {} },
    owners: { include: async () => false },
    memberships: new Memberships(() => NOON),
    threads: new Threads(),
    guilds: new Guilds(stores.guilds),
    pseudonymOf: (memberId) => `not ${memberId}`,
    links: { privacy: undefined, support: undefined },
    ...{ jobs, api, durations, gate, ledger, prices, log },
    engine: new LocalEngine(parts, 1),
    drafts: new FormDrafts(stores.drafts),
    preferences: new PreferenceStore(stores.preferences, log),
    onMissed: () => {},
    now: () => NOON,
  };
  return {
    ...services,
    offer,
    own: { wantsPing: true },
    answerBy: Number.MAX_SAFE_INTEGER,
    words: Words.in('en'),
    command: (name) => `\`/${name}\``,
    ...changes,
  };
}
