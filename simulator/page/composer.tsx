import { signal } from '@preact/signals';
import { ApplicationCommandType } from 'discord-api-types/v10';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SeenCommand } from '../discord/seen-command.ts';
import { Combobox } from './combobox.tsx';
import { dropped, takeDropped } from './dropped.ts';
import { FileTray } from './file-tray.tsx';
import { type PickedFile, pickFiles, sentFile } from './files.ts';
import { wordsOf } from './interact.ts';
import { Problem } from './problem.tsx';
import { channel, chosenCommand, commands, jumpToEnd, nameOf, replyTo } from './state.ts';
import { ask } from './wire.ts';

const MAX_FILES = 10;

/** What is being written. */
interface Draft {
  text: string;
  files: readonly PickedFile[];
}

const EMPTY: Draft = { text: '', files: [] };

/** What is being written, by whom and where. */
const drafts = signal<Readonly<Record<string, Draft>>>({});

/** Where one writes: a message with its files, or `/` and a command. */
export function Composer({ place }: { place: string }) {
  const draft = drafts.value[place] ?? EMPTY;
  const [problem, setProblem] = useState<string>();
  const picker = useRef<HTMLInputElement>(null);
  const setDraft = (change: (before: Draft) => Draft) => {
    drafts.value = { ...drafts.value, [place]: change(drafts.value[place] ?? EMPTY) };
  };
  const add = async (offered: readonly File[]) => {
    const picked = await pickFiles(offered, undefined, MAX_FILES - draft.files.length);
    setProblem(picked.problem);
    setDraft((before) => ({ ...before, files: [...before.files, ...picked.files] }));
  };
  const waiting = dropped.value;
  useEffect(() => {
    if (waiting.length > 0) void add(takeDropped());
  }, [waiting]);
  const answered = replyTo.value;
  useEffect(() => {
    // The menu that it was chosen in gives the focus back first.
    if (answered) requestAnimationFrame(focusComposer);
  }, [answered]);

  const send = async () => {
    const channelId = channel.value?.id;
    const content = draft.text.trim();
    if (channelId === undefined || (content === '' && draft.files.length === 0)) return;
    // What is typed from now on is another message.
    setDraft(() => EMPTY);
    setProblem(undefined);
    replyTo.value = null;
    jumpToEnd();
    try {
      const files = await Promise.all(draft.files.map(sentFile));
      const to = answered?.message.id;
      await ask({ do: 'say', channelId, content, files, ...(to && { replyTo: to }) });
      for (const { previewUrl } of draft.files) URL.revokeObjectURL(previewUrl);
    } catch (error) {
      setProblem(wordsOf(error));
      setDraft((since) => (since.text === '' && since.files.length === 0 ? draft : since));
    }
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Problem words={problem} />
      {answered && (
        <p class="replying faint">
          Replying to <b>{nameOf(answered.message.author.id)}</b>
          <button type="button" class="link" onClick={cancelReply}>
            Cancel reply
          </button>
        </p>
      )}
      <FileTray
        files={draft.files}
        onRemove={(removed) =>
          setDraft((before) => ({
            ...before,
            files: before.files.filter((one) => one !== removed),
          }))
        }
      />
      <div class="composer-line">
        <button
          type="button"
          class="icon-button"
          aria-label="Attach files"
          onClick={() => picker.current?.click()}
        >
          <span aria-hidden="true">＋</span>
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Files to attach"
          onChange={({ currentTarget }) => {
            void add([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
        <CommandBox
          text={draft.text}
          onText={(text) => setDraft((before) => ({ ...before, text }))}
        />
        <button type="submit" class="button primary">
          Send
        </button>
      </div>
    </form>
  );
}

/** Goes to where one writes. */
export function focusComposer(): void {
  document.getElementById('composer-line')?.focus();
}

function cancelReply(): void {
  replyTo.value = null;
  focusComposer();
}

/** The line one writes in; `/` brings up the commands. */
function CommandBox({ text, onText }: { text: string; onText: (text: string) => void }) {
  const [isClosed, setClosed] = useState(false);
  const name = channel.value?.name ?? '';
  const known = commands.value.filter(({ type }) => type === ApplicationCommandType.ChatInput);
  const found = known.filter(
    (command) =>
      text.startsWith('/') &&
      [command.name, command.shownName].some((one) => `/${one}`.startsWith(text.toLowerCase())),
  );
  const choices = found.map((command) => ({
    key: command.name,
    label: `/${command.shownName}`,
    hint: command.description,
  }));
  const choose = (chosen: string, words = '') => {
    onText('');
    chosenCommand.value = { name: chosen, words };
  };
  return (
    <Combobox
      id="composer-line"
      isMultiline
      label={`Message ${name}`}
      listLabel="Commands"
      placeholder={`Message ${name}, or type /`}
      maxLength={2000}
      value={text}
      choices={isClosed ? [] : choices}
      takesFirst
      onInput={(typed) => {
        setClosed(false);
        const whole = typedWhole(known, typed);
        if (whole) choose(whole.name, whole.words);
        else onText(typed);
      }}
      onChoose={choose}
      onLeave={() => setClosed(true)}
    />
  );
}

/** The command that was typed whole, with a space; what follows are words for it. */
function typedWhole(
  known: readonly SeenCommand[],
  typed: string,
): { name: string; words: string } | undefined {
  for (const { name, shownName } of known) {
    for (const one of [name, shownName]) {
      const rest = typed.slice(one.length + 1);
      if (typed.startsWith(`/${one}`) && /^\s/.test(rest)) return { name, words: rest.slice(1) };
    }
  }
  return undefined;
}
