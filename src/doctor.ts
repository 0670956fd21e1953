import { surface } from '../commands/index.ts';
import { loadSettings, type Settings, SettingsError } from './config.ts';
import { declare } from './discord/declare.ts';
import { LOG_PERMISSIONS, PERMISSIONS } from './discord/install-links.ts';
import { askForModels, checkApiKey, modelsIn } from './doctor/api-key.ts';
import type { Looked } from './doctor/channels.ts';
import { checkClock } from './doctor/clock.ts';
import { checkDiscord } from './doctor/discord.ts';
import { checkDisk } from './doctor/disk.ts';
import { type Row, rowsOf } from './doctor/row.ts';
import { checkStore } from './doctor/store.ts';
import { table } from './doctor/table.ts';
import { type Offer, offerOf, offerOrNone } from './offer.ts';
import type { ModelList } from './seedance/model-list.ts';

/** Looks at everything the bot stands on. It changes nothing and spends nothing. */
async function examine(settings: Settings, channelIds: readonly string[]): Promise<Row[]> {
  const { DATA_DIR, DISCORD_API_URL, SEEDANCE_API_URL, SEEDANCE_API_KEY } = settings;
  const asked = askForModels(SEEDANCE_API_URL, SEEDANCE_API_KEY);
  const discord = async () => {
    const offer = offerNow(settings, modelsIn(await asked));
    return checkDiscord(ofDiscord(settings, channelIds, offer));
  };
  const rows = await Promise.all([
    rowsOf('Discord', discord, DISCORD_MAX_MS),
    rowsOf('API key', async () => checkApiKey(await asked)),
    rowsOf('clock', () => checkClock(DISCORD_API_URL)),
    rowsOf('disk', () => checkDisk(DATA_DIR, settings.SEEDANCE_MAX_CONCURRENT)),
  ]);
  // Reading a whole database holds up everything else: the others' answers would seem to be late.
  const store = await rowsOf('store', () => checkStore(DATA_DIR, settings.DATABASE_URL));
  return [...rows, store].flat();
}

const DISCORD_MAX_MS = 60_000;

/** As the bot narrows it down, which asks Seedance too. */
function offerNow({ allowed }: Settings, models: ModelList | undefined): Offer {
  return (models && offerOrNone(allowed, models.table)) ?? offerOf(allowed);
}

function ofDiscord(settings: Settings, channelIds: readonly string[], offer: Offer) {
  const { AUDIT_CHANNEL_ID: auditId, USER_INSTALL: userInstall } = settings;
  const guildId = settings.DISCORD_GUILD_ID;
  const guildsOnly = settings.ALLOWED_GUILDS !== undefined;
  // Whether the managers of that one server have a log, the store of the bot knows.
  const takesReports = auditId ? [true] : guildId ? [false, true] : [false];
  const channels: [string, Looked][] = channelIds.map((id) => [
    id,
    { label: `Channel ${id}`, needed: PERMISSIONS },
  ]);
  if (auditId && !channelIds.includes(auditId)) {
    const label = 'The channel of AUDIT_CHANNEL_ID';
    channels.push([auditId, { label, needed: LOG_PERMISSIONS }]);
  }
  return {
    apiUrl: settings.DISCORD_API_URL,
    token: settings.DISCORD_TOKEN,
    guildId,
    userInstall,
    declared: takesReports.map((takes) =>
      declare(surface, offer, { guildsOnly, userInstall, takesReports: takes }),
    ),
    channels: new Map(channels),
  };
}

/** What is wrong with how it was called: only ids of channels are taken. */
function wrongArguments(given: readonly string[]): Row[] {
  return given
    .filter((id) => !/^\d{1,20}$/.test(id))
    .map((id) => ({
      name: 'arguments',
      state: 'wrong',
      saw: `Argument ${given.indexOf(id) + 1} is not the id of a channel: it should be digits only.`,
      mend: 'Copy it in Discord: settings, Advanced, Developer Mode; then right-click the channel.',
    }));
}

async function rowsOfAll(given: readonly string[]): Promise<Row[]> {
  const wrong = wrongArguments(given);
  try {
    const settings = loadSettings();
    const ids = given.filter((id) => /^\d{1,20}$/.test(id));
    const right: Row = { name: 'settings', state: 'ok', saw: 'All that are set can be read.' };
    return [right, ...wrong, ...(await examine(settings, ids))];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const lines = error.lines.map((saw): Row => ({ name: 'settings', state: 'wrong', saw }));
    const others: Row = {
      name: 'all else',
      state: 'skipped',
      saw: 'Looked at once the settings are right.',
    };
    return [...lines, ...wrong, others];
  }
}

const rows = await rowsOfAll(process.argv.slice(2));
const exitCode = rows.some(({ state }) => state === 'wrong') ? 1 : 0;
// What did not answer in time may still be waited for.
process.stdout.write(table(rows), () => process.exit(exitCode));
