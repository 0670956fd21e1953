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
  onFocus,
  onLeave,
}: {
  id: string;
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
  onFocus?: () => void;
  /** Escape was pressed, or something else has the focus. */
  onLeave: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const nav = useRef<ComboboxNav | null>(null);
  const isOpen = choices.length > 0;
  useLayoutEffect(() => {
    if (!input.current || !list.current) return undefined;
    const firstOptionSelectionMode = takesFirst ? 'active' : 'none';
    const made = new ComboboxNav(input.current, list.current, { firstOptionSelectionMode });
    nav.current = made;
    return () => made.destroy();
  }, [takesFirst]);
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    nav.current?.start();
    return () => nav.current?.stop();
  }, [isOpen]);
  useLayoutEffect(() => {
    if (isOpen) nav.current?.resetSelection();
  }, [value, choices.map(({ key }) => key).join('\n')]);
  return (
    // Heard here and not at the field: the library's own listener there is to come first.
    <div class="combobox" onInput={() => onInput(input.current?.value ?? '')}>
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
      <input
        ref={input}
        id={id}
        type="text"
        autocomplete="off"
        aria-label={label}
        aria-describedby={describedBy}
        placeholder={placeholder}
        maxLength={maxLength}
        value={value}
        onFocus={onFocus}
        onBlur={onLeave}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !isOpen) return;
          // It closes the list, not what the field stands in.
          event.preventDefault();
          onLeave();
        }}
      />
    </div>
  );
}
