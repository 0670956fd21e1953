import {
  type APIComponentInLabel,
  type APILabelComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
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

/** A field of a form with its label. */
export function FormField({
  label: { label, description, component },
  value,
  onChange,
}: {
  label: APILabelComponent;
  value: FormValue;
  onChange: (value: FormValue) => void;
}) {
  const id = `field-${component.custom_id}`;
  const described = description ? `${id}-about` : undefined;
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
          'aria-describedby': described,
        };
        return style === TextInputStyle.Paragraph ? (
          <textarea {...shared} rows={4} onInput={(event) => onChange(event.currentTarget.value)} />
        ) : (
          <input {...shared} onInput={(event) => onChange(event.currentTarget.value)} />
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
            onChange={({ currentTarget }) =>
              onChange(
                [...currentTarget.selectedOptions].map((option) => option.value).filter(Boolean),
              )
            }
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
            files={Array.isArray(value) ? value.filter((one) => typeof one !== 'string') : []}
            max={component.max_values ?? 1}
            types={component.file_types}
            onChange={onChange}
          />
        );
      default:
        return <p class="problem">This page does not know this kind of field.</p>;
    }
  }
}
