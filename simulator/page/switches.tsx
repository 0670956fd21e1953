import { useState } from 'preact/hooks';
import type { Asked } from '../page-protocol/asked.ts';
import {
  GENERATION_MS,
  LOCALES,
  MISHAPS,
  type MishapName,
  PEOPLE,
  type PersonName,
} from '../page-protocol/choices.ts';
import { wordsOf } from './interact.ts';
import { Problem } from './problem.tsx';
import { everything } from './state.ts';
import { ask } from './wire.ts';

const ROLE: Record<PersonName, string> = {
  mia: 'asks for videos',
  ben: 'another member',
  olive: 'manages the server, owns the bot',
};

const MISHAP: Record<MishapName, string> = {
  'reference refused': 'The next reference is refused',
  'prompt refused': 'The next prompt is refused',
  'generation fails': 'The next generation fails',
  'answer lost': 'The next submit’s answer is lost',
  'out of credits': 'The account is out of credits',
  'service down': 'Seedance is down',
};

const THEMES = { auto: 'As the system', light: 'Light', dark: 'Dark' };

/** Who one is, and what is to go how. */
export function Switches() {
  const [problem, setProblem] = useState<string>();
  const switches = everything.value?.switches;
  if (!switches) return null;
  const tell = async (asked: Asked) => {
    setProblem(undefined);
    try {
      await ask(asked);
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  return (
    <section class="switches" aria-labelledby="switches-title">
      <h2 id="switches-title">Switches</h2>
      <Problem words={problem} />
      <fieldset>
        <legend>You are</legend>
        {PEOPLE.map((who) => (
          <label key={who} class="choice">
            <input
              type="radio"
              name="who"
              checked={switches.who === who}
              onChange={() => void tell({ do: 'be', who })}
            />
            <span>
              <b>{who}</b> <small class="faint">{ROLE[who]}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <label class="choice">
        Language
        <select
          value={switches.locale}
          onChange={({ currentTarget }) => {
            const locale = LOCALES.find((one) => one === currentTarget.value);
            if (locale) void tell({ do: 'speak', locale });
          }}
        >
          {LOCALES.map((locale) => (
            <option key={locale} value={locale}>
              {new Intl.DisplayNames(locale, { type: 'language' }).of(locale)}
            </option>
          ))}
        </select>
      </label>
      <label class="choice">
        A generation takes
        <select
          value={String(switches.renderMs)}
          onChange={({ currentTarget }) => {
            const renderMs = GENERATION_MS.find((one) => String(one) === currentTarget.value);
            if (renderMs) void tell({ do: 'pace', renderMs });
          }}
        >
          {GENERATION_MS.map((ms) => (
            <option key={ms} value={String(ms)}>
              {ms < 3_600_000 ? `${ms / 1000} seconds` : 'longer than the bot waits'}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend>Mishaps</legend>
        {MISHAPS.map((name) => (
          <label key={name} class="choice">
            <input
              type="checkbox"
              checked={switches.mishaps.includes(name)}
              onChange={({ currentTarget }) =>
                void tell({ do: 'mishap', name, on: currentTarget.checked })
              }
            />
            {MISHAP[name]}
          </label>
        ))}
        <div class="row">
          <button
            type="button"
            class="button secondary"
            onClick={() => void tell({ do: 'expire' })}
          >
            Expire all tokens
          </button>
          {switches.bot === 'stopped' ? (
            <button type="button" class="button success" onClick={() => void tell({ do: 'start' })}>
              Start the bot
            </button>
          ) : (
            <button
              type="button"
              class="button danger"
              disabled={switches.bot === 'starting'}
              onClick={() => void tell({ do: 'kill' })}
            >
              Kill the bot
            </button>
          )}
        </div>
      </fieldset>
      <label class="choice">
        Colours
        <select
          onChange={({ currentTarget }) => {
            document.documentElement.dataset.theme = currentTarget.value;
          }}
        >
          {Object.entries(THEMES).map(([theme, label]) => (
            <option key={theme} value={theme}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}
