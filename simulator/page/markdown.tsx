import { parse } from 'discord-markdown-parser';
import type { ComponentChildren, VNode } from 'preact';
import { localUrl } from './hosts.ts';
import { chosenCommand, commands, everything, goTo, nameOf } from './state.ts';
import { Timestamp } from './timestamp.tsx';

/** A part of what the parser reads out of a text; which fields are there depends on its type. */
interface Part {
  type: string;
  content?: string | Part[];
  target?: string;
  id?: string;
  timestamp?: string;
  format?: string;
  level?: number;
  name?: string;
  fullName?: string;
}

/** Words in Discord's Markdown. */
export function Markdown({ text }: { text: string }) {
  const parts = partsOf(text);
  return (
    <div class="markdown" dir="auto">
      {parts.map(render)}
    </div>
  );
}

/** What the parser can't read is shown as it is. */
function partsOf(text: string): Part[] {
  try {
    return parse(text, 'extended');
  } catch {
    return [{ type: 'text', content: text }];
  }
}

function render(part: Part): ComponentChildren {
  const inner = () => contentOf(part);
  switch (part.type) {
    case 'strong':
      return <strong>{inner()}</strong>;
    case 'em':
      return <em>{inner()}</em>;
    case 'underline':
      return <u>{inner()}</u>;
    case 'strikethrough':
      return <s>{inner()}</s>;
    case 'spoiler':
      return <Spoiler>{inner()}</Spoiler>;
    case 'inlineCode':
      return <code>{inner()}</code>;
    case 'codeBlock':
      return (
        <pre>
          <code>{inner()}</code>
        </pre>
      );
    case 'blockQuote':
      return <blockquote>{inner()}</blockquote>;
    case 'heading':
      return <p class={`heading heading-${part.level ?? 1}`}>{inner()}</p>;
    case 'subtext':
      return <small class="subtext">{inner()}</small>;
    case 'br':
    case 'newline':
      return <br />;
    case 'timestamp':
      return <Timestamp seconds={Number(part.timestamp)} style={part.format ?? 'f'} />;
    case 'user':
      return <Mention userId={part.id ?? ''} />;
    case 'link':
    case 'url':
    case 'autolink':
      return <Link target={part.target ?? ''}>{inner()}</Link>;
    case 'slashCommand':
      return <CommandMention name={part.fullName ?? part.name ?? ''} />;
    case 'everyone':
    case 'here':
      return <span class="mention">@{part.type}</span>;
    default:
      return inner();
  }
}

function contentOf({ content }: Part): ComponentChildren {
  return Array.isArray(content) ? content.map(render) : content;
}

function Mention({ userId }: { userId: string }): VNode {
  const isYou = everything.value?.you.id === userId;
  return <span class={isYou ? 'mention mention-you' : 'mention'}>@{nameOf(userId)}</span>;
}

/** Begins the command, as it does in Discord. */
function CommandMention({ name }: { name: string }): VNode {
  const command = commands.value.find((one) => one.name === name);
  const begin = () => {
    if (command) chosenCommand.value = { name, words: '' };
  };
  return (
    <button type="button" class="mention" onClick={begin}>
      /{command?.shownName ?? name}
    </button>
  );
}

function Spoiler({ children }: { children: ComponentChildren }): VNode {
  return (
    <details class="spoiler">
      <summary>Spoiler</summary>
      {children}
    </details>
  );
}

/** A message of this Discord is gone to; what is anywhere else opens in a tab of its own. */
function Link({ target, children }: { target: string; children: ComponentChildren }): VNode {
  const place = /^https:\/\/discord\.com\/channels\/[@\w]+\/(\d+)(?:\/(\d+))?$/.exec(target);
  if (place) {
    const [, channelId = '', messageId] = place;
    return (
      <a href={`#message-${messageId ?? ''}`} onClick={() => goTo(channelId)}>
        {children}
      </a>
    );
  }
  if (!/^https?:\/\//.test(target)) return <span>{children}</span>;
  return (
    <a href={localUrl(target) ?? target} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
