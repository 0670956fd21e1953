import { useMemo } from 'preact/hooks';
import type { SeenOption } from '../discord/seen-command.ts';
import { AutocompleteField } from './autocomplete-field.tsx';
import { FileField } from './file-field.tsx';
import { type FieldValue, takesFile, takesYesNo } from './option-values.ts';

/** An option of a command as a field, with what it says of itself. */
export function OptionField({
  option,
  value,
  onChange,
  askChoices,
  onRemove,
}: {
  option: SeenOption;
  value: FieldValue | undefined;
  onChange: (value: FieldValue | undefined) => void;
  /** Asks the bot what it offers for what was typed. */
  askChoices: (typed: string) => Promise<{ name: string; value: string | number }[]>;
  onRemove: () => void;
}) {
  const id = `option-${option.name}`;
  const files = useMemo(() => (typeof value === 'object' ? [value] : []), [value]);
  const text = typeof value === 'string' ? value : '';
  const described = `${id}-about`;
  return (
    <div class="field">
      <label for={id}>{option.shownName}</label>
      <button
        type="button"
        class="icon-button"
        aria-label={`Leave out ${option.shownName}`}
        onClick={onRemove}
      >
        <span aria-hidden="true">✕</span>
      </button>
      {control()}
      <small id={described} class="faint">
        {option.description}
      </small>
    </div>
  );

  function control() {
    if (takesFile(option)) {
      return (
        <FileField
          id={id}
          describedBy={described}
          files={files}
          max={1}
          types={option.fileTypes}
          onChange={(change) => onChange(change(files)[0])}
        />
      );
    }
    if (option.autocomplete) {
      return (
        <AutocompleteField
          id={id}
          describedBy={described}
          label={option.shownName}
          askChoices={askChoices}
          onChange={onChange}
        />
      );
    }
    const choices = takesYesNo(option)
      ? [
          { value: 'true', shownName: 'True' },
          { value: 'false', shownName: 'False' },
        ]
      : option.choices;
    if (choices.length > 0) {
      return (
        <select
          id={id}
          aria-describedby={described}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        >
          <option value="">Choose…</option>
          {choices.map((choice) => (
            <option key={choice.value} value={String(choice.value)}>
              {choice.shownName}
            </option>
          ))}
        </select>
      );
    }
    return (
      <input
        id={id}
        type="text"
        dir="auto"
        aria-describedby={described}
        value={text}
        maxLength={option.maxLength}
        autocomplete="off"
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  }
}
