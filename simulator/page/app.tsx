import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ChannelLog } from './channel-log.tsx';
import { Channels } from './channels.tsx';
import { CommandForm } from './command-form.tsx';
import { Composer, focusComposer } from './composer.tsx';
import { dropTarget, isDragging } from './dropped.ts';
import { FormDialog } from './form-dialog.tsx';
import { Requests } from './requests.tsx';
import { channel, chosenCommand, commands, everything, isConnected, openForm } from './state.ts';
import { Switches } from './switches.tsx';

/** The page: the channels, one of them, and at the side what the demo is told and tells. */
export function App() {
  const [showsSide, setShowsSide] = useState(false);
  const toSide = useRef<HTMLButtonElement>(null);
  const toChannel = useRef<HTMLButtonElement>(null);
  const hasMoved = useRef(false);
  const all = everything.value;
  useEffect(() => {
    document.title = `${channel.value?.name ?? 'Seedance bot'}: the demo`;
  }, [channel.value?.name]);
  const isTyping = chosenCommand.value === null;
  const hasChosen = useRef(false);
  useLayoutEffect(() => {
    // The command is sent or left: one goes on where one was.
    if (isTyping && hasChosen.current) focusComposer();
    hasChosen.current ||= !isTyping;
  }, [isTyping]);
  // On a small screen one of the two is out of sight, and the focus goes along.
  useEffect(() => {
    if (hasMoved.current) (showsSide ? toChannel : toSide).current?.focus();
    hasMoved.current = true;
  }, [showsSide]);
  if (!all) return <p class="loading">Connecting…</p>;
  const chosen = chosenCommand.value;
  const command = commands.value.find(({ name }) => name === chosen?.name);
  const form = openForm.value;
  const place = `${all.you.id} ${channel.value?.id}`;
  return (
    <div
      class={`app${isDragging.value ? ' dragging' : ''}${showsSide ? ' shows-side' : ''}`}
      {...dropTarget}
    >
      {!isConnected.value && (
        <p class="banner" role="alert">
          The demo has stopped. Start it again, and this page goes on.
        </p>
      )}
      {all.switches.bot !== 'running' && isConnected.value && (
        <p class="banner" role="status">
          The bot is {all.switches.bot === 'stopped' ? 'not running' : 'starting'}.
        </p>
      )}
      <Channels />
      <main class="channel">
        <header class="channel-header">
          <h1>
            <span aria-hidden="true">{channel.value?.isDirect ? '@' : '#'} </span>
            {channel.value?.name}
          </h1>
          <button
            type="button"
            ref={toSide}
            class="button secondary side-toggle"
            onClick={() => setShowsSide(true)}
          >
            Switches
          </button>
        </header>
        <ChannelLog key={channel.value?.id} />
        {chosen && command ? (
          <CommandForm key={command.name} command={command} words={chosen.words} />
        ) : (
          <Composer key={place} place={place} />
        )}
      </main>
      <aside class="side" aria-label="The demo">
        <button
          type="button"
          ref={toChannel}
          class="button secondary side-toggle"
          onClick={() => setShowsSide(false)}
        >
          Back to the channel
        </button>
        <Switches />
        <Requests />
      </aside>
      {form && <FormDialog key={form.interactionId} opened={form} />}
    </div>
  );
}
