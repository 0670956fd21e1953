import { ApplicationCommandType } from 'discord-api-types/v10';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Combobox } from './combobox.tsx';
import { dropped, takeDropped } from './dropped.ts';
import { pickFitting } from './file-field.tsx';
import { FileTray } from './file-tray.tsx';
import { type PickedFile, sentFile } from './files.ts';
import { channel, chosenCommand, commands, nameOf, replyTo } from './state.ts';
import { wordsOf } from './use.ts';
import { ask } from './wire.ts';

const MAX_FILES = 10;

/** Where one writes: a message with its files, or `/` and a command. */
export function Composer() {
  const [text, setText] = useState('');
  const [files, setFiles] = useState<PickedFile[]>([]);
  const [problem, setProblem] = useState<string>();
  const picker = useRef<HTMLInputElement>(null);
  const add = async (added: readonly File[]) => {
    const picked = await pickFitting(added, undefined);
    setFiles((before) => [...before, ...picked].slice(0, MAX_FILES));
  };
  const waiting = dropped.value;
  useEffect(() => {
    if (waiting.length > 0) void add(takeDropped());
  }, [waiting]);

  const send = async () => {
    const channelId = channel.value?.id;
    const content = text.trim();
    if (channelId === undefined || (content === '' && files.length === 0)) return;
    setProblem(undefined);
    try {
      const sent = await Promise.all(files.map(sentFile));
      const to = replyTo.value?.message.id;
      await ask({ do: 'say', channelId, content, files: sent, ...(to && { replyTo: to }) });
      setText('');
      setFiles([]);
      replyTo.value = null;
    } catch (error) {
      setProblem(wordsOf(error));
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
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {replyTo.value && (
        <p class="replying faint">
          Replying to <b>{nameOf(replyTo.value.message.author.id)}</b>
          <button type="button" class="link" onClick={cancelReply}>
            Cancel reply
          </button>
        </p>
      )}
      <FileTray
        files={files}
        onRemove={(removed) => setFiles(files.filter((one) => one !== removed))}
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
        <CommandBox text={text} onText={setText} />
        <button type="submit" class="button primary">
          Send
        </button>
      </div>
    </form>
  );
}

function cancelReply(): void {
  replyTo.value = null;
}

/** The line one writes in; `/` brings up the commands. */
function CommandBox({ text, onText }: { text: string; onText: (text: string) => void }) {
  const [isClosed, setClosed] = useState(false);
  const name = channel.value?.name ?? '';
  const found = commands.value.filter(
    (command) =>
      command.type === ApplicationCommandType.ChatInput &&
      text.startsWith('/') &&
      [command.name, command.shownName].some((one) => `/${one}`.startsWith(text.toLowerCase())),
  );
  const choices = found.map((command) => ({
    key: command.name,
    label: `/${command.shownName}`,
    hint: command.description,
  }));
  return (
    <Combobox
      id="composer-line"
      label={`Message ${name}`}
      listLabel="Commands"
      placeholder={`Message ${name}, or / for commands`}
      maxLength={2000}
      value={text}
      choices={isClosed ? [] : choices}
      takesFirst
      onInput={(typed) => {
        setClosed(false);
        onText(typed);
      }}
      onChoose={(key) => {
        onText('');
        chosenCommand.value = found.find((command) => command.name === key) ?? null;
      }}
      onLeave={() => setClosed(true)}
    />
  );
}
