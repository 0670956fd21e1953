import { useEffect, useRef, useState } from 'preact/hooks';
import type { SeenCommand, SeenOption } from '../discord/seen-command.ts';
import { dropped, takeDropped } from './dropped.ts';
import { pickFitting } from './file-field.tsx';
import { OptionField } from './option-field.tsx';
import { type FieldValue, sentValue, takesFile } from './option-values.ts';
import { channel, chosenCommand } from './state.ts';
import { sendCommand, wordsOf } from './use.ts';
import { ask } from './wire.ts';

type Values = Readonly<Record<string, FieldValue | undefined>>;

/** A command with its options, as it is being filled in. */
export function CommandForm({ command }: { command: SeenCommand }) {
  const { options } = command;
  const [values, setValues] = useState<Values>({});
  const [open, setOpen] = useState<readonly string[]>(() => atFirst(options));
  const [problem, setProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const set = (name: string, value: FieldValue | undefined) =>
    setValues((before) => ({ ...before, [name]: value }));
  const channelId = channel.value?.id ?? '';

  const waiting = dropped.value;
  useEffect(() => {
    if (waiting.length === 0) return;
    void pickFitting(takeDropped(), undefined).then((files) => {
      const free = options.filter((option) => takesFile(option) && !values[option.name]);
      for (const [index, { name }] of free.slice(0, files.length).entries()) {
        set(name, files[index]);
        setOpen((before) => [...before.filter((one) => one !== name), name]);
      }
    });
  }, [waiting]);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('.field:last-of-type :is(input, select)')?.focus();
  }, [open.length]);

  const send = async () => {
    try {
      const filled = await Promise.all(
        options.map(
          async (option) => [option.name, await sentValue(option, values[option.name])] as const,
        ),
      );
      const given = filled.flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      );
      chosenCommand.value = null;
      await sendCommand(command.shownName, {
        do: 'slash',
        channelId,
        command: command.name,
        options: Object.fromEntries(given),
      });
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  const askChoices = async ({ name }: SeenOption, typed: string) => {
    const others = Object.entries(values).flatMap(([key, value]) =>
      typeof value === 'string' && value !== '' ? [[key, value] as const] : [],
    );
    const asked = { ...Object.fromEntries(others), [name]: typed };
    const answered = await ask({
      do: 'autocomplete',
      channelId,
      command: command.name,
      focused: name,
      options: asked,
    });
    return answered?.choices ?? [];
  };
  const leaveOut = (name: string) => {
    set(name, undefined);
    setOpen(open.filter((one) => one !== name));
  };
  return (
    <form
      ref={form}
      class="composer command-form"
      aria-label={`/${command.shownName}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={({ key, defaultPrevented }) => {
        if (key === 'Escape' && !defaultPrevented) chosenCommand.value = null;
      }}
    >
      <header>
        <b>/{command.shownName}</b> <small class="faint">{command.description}</small>
        <button type="button" class="icon-button" aria-label="Leave this command" onClick={leave}>
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="fields">
        {open.flatMap((name) => {
          const option = options.find((one) => one.name === name);
          if (!option) return [];
          return (
            <OptionField
              key={name}
              option={option}
              value={values[name]}
              onChange={(value) => set(name, value)}
              askChoices={(typed) => askChoices(option, typed)}
              onRemove={() => leaveOut(name)}
            />
          );
        })}
      </div>
      <div class="row">
        {options
          .filter(({ name }) => !open.includes(name))
          .map(({ name, shownName, description }) => (
            <button
              key={name}
              type="button"
              class="chip"
              title={description}
              onClick={() => setOpen([...open, name])}
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

/** What is open before anything is chosen: what has to be filled in, or else the first. */
function atFirst(options: readonly SeenOption[]): string[] {
  const required = options.filter((option) => option.required);
  return (required.length > 0 ? required : options.slice(0, 1)).map(({ name }) => name);
}
