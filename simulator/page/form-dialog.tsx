import type { APILabelComponent } from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { dropped, takeDropped } from './dropped.ts';
import { pickFiles, sentFile } from './files.ts';
import { FormField, type FormValue, filesIn, initialValue } from './form-field.tsx';
import { wordsOf } from './interact.ts';
import { Markdown } from './markdown.tsx';
import { Problem } from './problem.tsx';
import { type OpenForm, openForm } from './state.ts';
import { ask } from './wire.ts';

/** A form that the bot has opened. */
export function FormDialog({ opened: { form, interactionId } }: { opened: OpenForm }) {
  const labels = form.components.filter((part) => part.type === ComponentType.Label);
  const [values, setValues] = useState<Record<string, FormValue>>(() =>
    Object.fromEntries(
      labels.map(({ component }) => [component.custom_id, initialValue(component)]),
    ),
  );
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closing it gives the focus back to where it was.
    return () => shown?.close();
  }, []);

  const waiting = dropped.value;
  useLayoutEffect(() => {
    if (waiting.length > 0) void addDropped();
  }, [waiting]);
  const set = (id: string, change: (before: FormValue) => FormValue) =>
    setValues((before) => ({ ...before, [id]: change(before[id] ?? '') }));

  /** What was dropped goes into the first upload, as far as that takes it. */
  async function addDropped() {
    const upload = labels.map(({ component }) => component).find(isUpload);
    if (!upload) return;
    const { custom_id: id, file_types, max_values: max = 1 } = upload;
    const room = max - filesIn(values[id] ?? '').length;
    const picked = await pickFiles(takeDropped(), file_types, room);
    setProblem(picked.problem);
    set(id, (before) => [...filesIn(before), ...picked.files].slice(0, max));
  }

  const send = async () => {
    setSending(true);
    setProblem(undefined);
    try {
      const sent = await sentValues(values);
      const answered = await ask({ do: 'send', interactionId, values: sent });
      if (answered?.with === 'none') setProblem('Something went wrong. Try again.');
      else openForm.value = null;
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setSending(false);
  };
  return (
    <dialog ref={dialog} class="form" aria-labelledby="form-title" onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isSending) void send();
        }}
      >
        <header>
          <h2 id="form-title">{form.title}</h2>
        </header>
        {form.components.map((part) => {
          if (part.type === ComponentType.TextDisplay) return <Markdown text={part.content} />;
          if (part.type !== ComponentType.Label) return null;
          const { custom_id: id } = part.component;
          return (
            <FormField
              key={id}
              label={part}
              value={values[id] ?? ''}
              onChange={(change) => set(id, change)}
            />
          );
        })}
        <Problem words={problem} />
        <div class="row end">
          <button type="button" class="button secondary" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="button primary" aria-busy={isSending}>
            Submit
          </button>
        </div>
        {/* Last in order, so that the form opens on its first field. */}
        <button type="button" class="icon-button close" aria-label="Close" onClick={close}>
          <span aria-hidden="true">✕</span>
        </button>
      </form>
    </dialog>
  );
}

function close(): void {
  openForm.value = null;
}

function isUpload(component: APILabelComponent['component']) {
  return component.type === ComponentType.FileUpload;
}

async function sentValues(values: Record<string, FormValue>) {
  const entries = Object.entries(values).map(async ([id, value]) => {
    if (typeof value === 'string') return [id, value] as const;
    const texts = value.filter((one) => typeof one === 'string');
    const files = filesIn(value);
    if (files.length === 0) return [id, texts] as const;
    return [id, await Promise.all(files.map(sentFile))] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
