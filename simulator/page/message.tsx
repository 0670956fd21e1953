import { type APIMessage, ApplicationCommandType, MessageFlags } from 'discord-api-types/v10';
import type { SeenMessage } from '../page-protocol/told.ts';
import { ComponentView } from './components.tsx';
import { useKeptFocus } from './keep-focus.ts';
import { Markdown } from './markdown.tsx';
import { MediaView } from './media.tsx';
import { MessageMenu } from './message-menu.tsx';
import { Problem } from './problem.tsx';
import { commands, dismiss, everything, messages, nameOf, problems } from './state.ts';

const REPLY_WORDS = 80;

/** A message, as whoever looks sees it. */
export function Message({ seen }: { seen: SeenMessage }) {
  const { message, pingsYou } = seen;
  const { id, author } = message;
  const isBot = author.bot === true;
  const isPrivate = ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const problem = problems.value[id];
  const name = nameOf(author.id);
  const focus = useKeptFocus<HTMLElement>();
  return (
    <article
      {...focus}
      id={`message-${id}`}
      class={`message${pingsYou ? ' pings' : ''}${isPrivate ? ' private' : ''}`}
      aria-label={`Message from ${name}`}
      tabIndex={-1}
    >
      <Context seen={seen} />
      <div class={`avatar${isBot ? ' bot' : ''}`} aria-hidden="true">
        {name.slice(0, 1).toUpperCase()}
      </div>
      <div class="body">
        <header>
          <strong class="author">{name}</strong>
          {isBot && <span class="badge">APP</span>}
          <When iso={message.timestamp} />
          {message.edited_timestamp && <small class="faint">(edited)</small>}
        </header>
        <Content message={message} />
        <Problem words={problem} />
        {isPrivate && (
          <p class="faint">
            <span aria-hidden="true">👁 </span>Only you can see this ·{' '}
            <button type="button" class="link" onClick={() => dismiss(id)}>
              Dismiss message
            </button>
          </p>
        )}
      </div>
      {!isPrivate && <MessageMenu seen={seen} />}
    </article>
  );
}

function Content({ message }: { message: APIMessage }) {
  if (((message.flags ?? 0) & MessageFlags.Loading) !== 0) {
    return <p class="faint thinking">{nameOf(message.author.id)} is thinking…</p>;
  }
  return (
    <>
      {message.content && <Markdown text={message.content} />}
      {message.attachments.map(
        ({ id, url, content_type, filename, description, width, height }) => (
          <MediaView
            key={id}
            url={url}
            contentType={content_type}
            alt={description ?? filename}
            width={width ?? undefined}
            height={height ?? undefined}
          />
        ),
      )}
      {message.components?.map((component) => (
        <ComponentView key={component.id} component={component} messageId={message.id} />
      ))}
    </>
  );
}

/** What a message answers: a command, or another message. */
function Context({ seen: { message, command } }: { seen: SeenMessage }) {
  const user = message.interaction_metadata?.user;
  const to = message.message_reference?.message_id;
  if (to !== undefined) return <Reply to={to} />;
  if (!user || command === null) return null;
  return (
    <p class="context faint">
      <b>{nameOf(user.id)}</b> used <span class="mention">{shownCommand(command)}</span>
    </p>
  );
}

/** "/video", or "Animate": as the reader's client names it. */
function shownCommand(name: string): string {
  const known = commands.value.find((command) => command.name === name);
  const isMessageCommand = known?.type === ApplicationCommandType.Message;
  return `${isMessageCommand ? '' : '/'}${known?.shownName ?? name}`;
}

function Reply({ to }: { to: string }) {
  const original = messages.value.get(to);
  if (!original) return <p class="context faint">Original message was deleted</p>;
  const { author } = original.message;
  return (
    <p class="context faint">
      <span aria-hidden="true">↱ </span>
      <a href={`#message-${to}`}>
        <b>{nameOf(author.id)}</b> {wordsIn(original.message)}
      </a>
    </p>
  );
}

/** The first line that can be read in a message. */
function wordsIn({ content, components = [] }: APIMessage): string {
  const texts = [content, ...components.flatMap(textsIn)];
  const [first = ''] = texts.join('\n').trimStart().split('\n');
  const plain = first
    .replace(/<@!?(\d+)>/g, (_, id: string) => `@${nameOf(id)}`)
    .replace(/-# |\*\*|\\/g, '')
    .trim();
  return plain.length > REPLY_WORDS ? `${plain.slice(0, REPLY_WORDS)}…` : plain || 'Attachment';
}

function textsIn(component: object): string[] {
  if ('content' in component && typeof component.content === 'string') return [component.content];
  if (!('components' in component) || !Array.isArray(component.components)) return [];
  return component.components.flatMap((inner: object) => textsIn(inner));
}

function When({ iso }: { iso: string }) {
  const locale = everything.value?.switches.locale ?? 'en-US';
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(iso));
  return (
    <time class="faint" dateTime={iso}>
      {time}
    </time>
  );
}
