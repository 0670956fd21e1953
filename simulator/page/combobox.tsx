import ComboboxNav from '@github/combobox-nav';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A line of the list. */
export interface Choice {
  key: string;
  label: string;
  hint?: string;
}

/** A text field with a list of choices that arrows, Enter, Tab and clicks reach. */
export function Combobox({
  id,
  isMultiline = false,
  label,
  listLabel,
  describedBy,
  placeholder,
  maxLength,
  value,
  choices,
  takesFirst,
  onInput,
  onChoose,
  onOpen,
  onLeave,
}: {
  id: string;
  /** Whether it takes several lines; Enter alone sends what stands in it all the same. */
  isMultiline?: boolean;
  /** Left out where a `<label>` names it. */
  label?: string;
  listLabel: string;
  describedBy?: string;
  placeholder?: string;
  maxLength?: number;
  value: string;
  /** None: the list is closed. */
  choices: readonly Choice[];
  /** Whether Enter takes the first where none was reached for. */
  takesFirst: boolean;
  onInput: (value: string) => void;
  onChoose: (key: string) => void;
  /** The closed list is asked for: by a click, or by an arrow. */
  onOpen?: () => void;
  /** Escape was pressed, or something else has the focus. */
  onLeave: () => void;
}) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const nav = useRef<ComboboxNav | null>(null);
  const isOpen = choices.length > 0;
  useLayoutEffect(() => {
    if (!field.current || !list.current) return undefined;
    const firstOptionSelectionMode = takesFirst ? 'active' : 'none';
    const made = new ComboboxNav(field.current, list.current, { firstOptionSelectionMode });
    nav.current = made;
    return () => made.destroy();
  }, [takesFirst]);
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    nav.current?.start();
    list.current?.scrollIntoView({ block: 'nearest' });
    field.current?.scrollIntoView({ block: 'nearest' });
    return () => nav.current?.stop();
  }, [isOpen]);
  useLayoutEffect(() => {
    if (isOpen) nav.current?.resetSelection();
  }, [value, choices.map(({ key }) => key).join('\n')]);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isOpen) {
      // It closes the list, not what the field stands in.
      event.preventDefault();
      onLeave();
    }
    if (event.key === 'ArrowDown' && !isOpen) onOpen?.();
    const isSent = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
    if (!isMultiline || !isSent || event.defaultPrevented) return;
    event.preventDefault();
    field.current?.form?.requestSubmit();
  };
  const shared = {
    ref: field,
    id,
    dir: 'auto',
    autocomplete: 'off',
    'aria-label': label,
    'aria-describedby': describedBy,
    placeholder,
    maxLength,
    value,
    onClick: onOpen,
    onBlur: onLeave,
  } as const;
  return (
    // Heard here and not at the field: the library's own listeners there are to come first.
    // biome-ignore lint/a11y/noStaticElementInteractions: it is the field that is typed in
    <div class="combobox" onInput={() => onInput(field.current?.value ?? '')} onKeyDown={press}>
      <div
        ref={list}
        id={`${id}-list`}
        class="list"
        role="listbox"
        tabIndex={-1}
        aria-label={listLabel}
        hidden={!isOpen}
      >
        {choices.map(({ key, label: name, hint }) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={key}
            class="list-item"
            role="option"
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(key)}
          >
            <b>{name}</b>
            {hint && <small>{hint}</small>}
          </div>
        ))}
      </div>
      {isMultiline ? <textarea {...shared} rows={1} /> : <input {...shared} type="text" />}
    </div>
  );
}
