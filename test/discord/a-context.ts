import type { Context, Services } from '../../src/discord/command.ts';
import { Guilds } from '../../src/guilds/guilds.ts';
import { LocalEngine } from '../../src/jobs/engine.ts';
import type { Limits } from '../../src/jobs/ledger.ts';
import type { Limits as OwnersLimits } from '../../src/jobs/limits.ts';
import { createLog } from '../../src/log.ts';
import { FormDrafts } from '../../src/members/form-drafts.ts';
import { PreferenceStore } from '../../src/members/preferences.ts';
import { MODEL_IDS, offerOf } from '../../src/models.ts';
import { Words } from '../../src/words.ts';
import { NOON } from '../jobs/a-job.ts';
import { Bench } from '../jobs/bench.ts';
import { openStores } from '../store/temp-stores.ts';

const NOTHING = { videos: 0, credits: 0 };

/** An owner who limits nothing. */
export const NO_LIMITS: OwnersLimits = {
  allowed: { bot: {}, server: {}, member: {}, 'member-here': {} },
  maxActivePerMember: 100,
  cooldownMs: 0,
};

/** What commands work with, on real stores that go with the test; nothing is submitted anywhere. */
export async function aContext(
  changes: Partial<Context> = {},
  limits: Partial<Limits> = {},
): Promise<Context> {
  const { jobs, parts } = await Bench.set(limits);
  const { api, durations, gate, ledger, prices } = parts;
  const stores = openStores();
  const log = createLog({ level: 'silent', secrets: [] });
  const services: Services = {
    offer: offerOf({ allowedModels: MODEL_IDS, maxDurationSecs: 15, maxResolution: '1080p' }),
    allowedGuilds: undefined,
    minAccountAgeMs: 0,
    limits: NO_LIMITS,
    ownersLogId: undefined,
    reports: { take: async () => 'taken' },
    offerReports: async () => {},
    audit: { note: () => {} },
    owners: { include: async () => false },
    usageOf: async () => ({ today: NOTHING, month: NOTHING, members: [] }),
    guilds: new Guilds(stores.guilds),
    pseudonymOf: (memberId) => `not ${memberId}`,
    links: { privacy: undefined, support: undefined },
    ...{ jobs, api, durations, gate, ledger, prices, log },
    engine: new LocalEngine(parts, 1),
    drafts: new FormDrafts(stores.drafts),
    preferences: new PreferenceStore(stores.preferences, log),
    now: () => NOON,
  };
  return {
    ...services,
    own: { wantsPing: true },
    words: Words.in('en'),
    command: (name) => `\`/${name}\``,
    ...changes,
  };
}
