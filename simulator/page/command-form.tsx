import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { SeenCommand, SeenOption } from '../discord/seen-command.ts';
import { dropped, takeDropped } from './dropped.ts';
import { pickFiles } from './files.ts';
import { sendCommand, wordsOf } from './interact.ts';
import { OptionField } from './option-field.tsx';
import { type FieldValue, sentValue, takesFile, takesText } from './option-values.ts';
import { Problem } from './problem.tsx';
import { channel, chosenCommand } from './state.ts';
import { ask } from './wire.ts';

/** The options that are open, in their order, and what stands in them. */
interface Filled {
  open: readonly string[];
  values: Readonly<Record<string, FieldValue | undefined>>;
}

/** A command with its options, as it is being filled in. */
export function CommandForm({ command, words }: { command: SeenCommand; words: string }) {
  const { options } = command;
  const [filled, setFilled] = useState<Filled>(() => atFirst(options, words));
  const [problem, setProblem] = useState<string>();
  const [opened, setOpened] = useState(filled.open[0]);
  const channelId = channel.value?.id ?? '';
  const set = (name: string, value: FieldValue | undefined) =>
    setFilled((before) => ({ ...before, values: { ...before.values, [name]: value } }));

  const waiting = dropped.value;
  useEffect(() => {
    if (waiting.length > 0) void addDropped();
  }, [waiting]);
  useLayoutEffect(() => {
    // At once: whoever types a whole command is still typing.
    document.getElementById(`option-${opened}`)?.focus();
  }, [opened]);

  async function addDropped() {
    const takers = options.filter(takesFile);
    const picked = await pickFiles(takeDropped(), takers[0]?.fileTypes, takers.length);
    setProblem(picked.problem);
    setFilled(({ open, values }) => {
      const free = takers.filter(({ name }) => !values[name]).slice(0, picked.files.length);
      const taken = free.map(({ name }, index) => [name, picked.files[index]] as const);
      const names = free.map(({ name }) => name);
      return {
        open: [...open.filter((name) => !names.includes(name)), ...names],
        values: { ...values, ...Object.fromEntries(taken) },
      };
    });
  }

  async function send() {
    try {
      const all = options.map(async (option) => {
        const value = await sentValue(option, filled.values[option.name]);
        return value === undefined ? [] : [[option.name, value] as const];
      });
      const given = Object.fromEntries((await Promise.all(all)).flat());
      chosenCommand.value = null;
      const asked = { do: 'slash', channelId, command: command.name, options: given } as const;
      await sendCommand(command.shownName, asked);
    } catch (error) {
      setProblem(wordsOf(error));
    }
  }

  async function askChoices(focused: string, typed: string) {
    const texts = Object.entries(filled.values).flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value] as const] : [],
    );
    const given = { ...Object.fromEntries(texts), [focused]: typed };
    const asked = { do: 'autocomplete', channelId, command: command.name, focused } as const;
    const answered = await ask({ ...asked, options: given });
    return answered?.choices ?? [];
  }

  return (
    <form
      class="composer command-form"
      aria-label={`/${command.shownName}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={({ key, defaultPrevented }) => {
        if (key === 'Escape' && !defaultPrevented) leave();
      }}
    >
      <header>
        <b>/{command.shownName}</b> <small class="faint">{command.description}</small>
        <button type="button" class="icon-button" aria-label="Leave this command" onClick={leave}>
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      <Problem words={problem} />
      <div class="fields">
        {filled.open.flatMap((name) => {
          const option = options.find((one) => one.name === name);
          if (!option) return [];
          return (
            <OptionField
              key={name}
              option={option}
              value={filled.values[name]}
              onChange={(value) => set(name, value)}
              askChoices={(typed) => askChoices(name, typed)}
              onRemove={() =>
                setFilled(({ open, values }) => ({
                  open: open.filter((one) => one !== name),
                  values: { ...values, [name]: undefined },
                }))
              }
            />
          );
        })}
      </div>
      <div class="row">
        {options
          .filter(({ name }) => !filled.open.includes(name))
          .map(({ name, shownName, description }) => (
            <button
              key={name}
              type="button"
              class="chip"
              title={description}
              onClick={() => {
                setFilled(({ open, values }) => ({ open: [...open, name], values }));
                setOpened(name);
              }}
            >
              <span aria-hidden="true">＋ </span>
              {shownName}
            </button>
          ))}
      </div>
      <footer>
        <button type="submit" class="button primary">
          Send
        </button>
      </footer>
    </form>
  );
}

function leave(): void {
  chosenCommand.value = null;
}

/** What has to be filled in is open, or else the first; the words go into the first text. */
function atFirst(options: readonly SeenOption[], words: string): Filled {
  const required = options.filter((option) => option.required);
  const first = required.length > 0 ? required : options.slice(0, 1);
  const text = words === '' ? undefined : options.find(takesText);
  const open = new Set([...(text ? [text] : []), ...first].map(({ name }) => name));
  return { open: [...open], values: text ? { [text.name]: words } : {} };
}
