import {
  type APIComponentInLabel,
  type APILabelComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { useMemo } from 'preact/hooks';
import { FileField } from './file-field.tsx';
import type { PickedFile } from './files.ts';

/** What stands in a field of a form: text, chosen values, or files. */
export type FormValue = string | readonly (string | PickedFile)[];

/** What stands in a field when the form opens. */
export function initialValue(component: APIComponentInLabel): FormValue {
  switch (component.type) {
    case ComponentType.TextInput:
      return component.value ?? '';
    case ComponentType.StringSelect:
      return component.options.filter((option) => option.default).map((option) => option.value);
    default:
      return [];
  }
}

/** The files that stand in a field. */
export function filesIn(value: FormValue): PickedFile[] {
  return typeof value === 'string' ? [] : value.filter((one) => typeof one !== 'string');
}

/** A field of a form with its label. */
export function FormField({
  label: { label, description, component },
  value,
  onChange,
}: {
  label: APILabelComponent;
  value: FormValue;
  /** Gets how to change what is there by then. */
  onChange: (change: (before: FormValue) => FormValue) => void;
}) {
  const id = `field-${component.custom_id}`;
  const described = description ? `${id}-about` : undefined;
  const files = useMemo(() => filesIn(value), [value]);
  const required = 'required' in component ? (component.required ?? true) : true;
  return (
    <div class="field">
      <label for={id}>
        {label}
        {required && (
          <span class="required" aria-hidden="true">
            {' '}
            *
          </span>
        )}
      </label>
      {description && (
        <small id={described} class="faint">
          {description}
        </small>
      )}
      {control()}
    </div>
  );

  function control() {
    switch (component.type) {
      case ComponentType.TextInput: {
        const { placeholder, min_length, max_length, style } = component;
        const shared = {
          id,
          value: String(value),
          required,
          placeholder,
          minLength: min_length,
          maxLength: max_length,
          dir: 'auto',
          'aria-describedby': described,
        } as const;
        return style === TextInputStyle.Paragraph ? (
          <textarea
            {...shared}
            rows={4}
            onInput={({ currentTarget }) => onChange(() => currentTarget.value)}
          />
        ) : (
          <input {...shared} onInput={({ currentTarget }) => onChange(() => currentTarget.value)} />
        );
      }
      case ComponentType.StringSelect: {
        const isMultiple = (component.max_values ?? 1) > 1;
        return (
          <select
            id={id}
            required={required}
            multiple={isMultiple}
            aria-describedby={described}
            onChange={({ currentTarget }) => {
              const chosen = [...currentTarget.selectedOptions].map((option) => option.value);
              onChange(() => chosen.filter(Boolean));
            }}
          >
            {!isMultiple && <option value="">{component.placeholder ?? 'Choose…'}</option>}
            {component.options.map((option) => (
              <option
                key={option.value}
                value={option.value}
                selected={value.includes(option.value)}
              >
                {option.description ? `${option.label}: ${option.description}` : option.label}
              </option>
            ))}
          </select>
        );
      }
      case ComponentType.FileUpload:
        return (
          <FileField
            id={id}
            describedBy={described}
            files={files}
            max={component.max_values ?? 1}
            types={component.file_types}
            onChange={(change) => onChange((before) => change(filesIn(before)))}
          />
        );
      default:
        return <p class="problem">This page does not know this kind of field.</p>;
    }
  }
}
