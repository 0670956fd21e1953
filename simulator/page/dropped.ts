import { signal } from '@preact/signals';

/** Files that were dropped or pasted onto the page, until whatever is being written takes them. */
export const dropped = signal<readonly File[]>([]);

/** Whether files hang over the page. */
export const isDragging = signal(false);

/** Takes what was dropped, once. */
export function takeDropped(): readonly File[] {
  const files = dropped.value;
  if (files.length > 0) dropped.value = [];
  return files;
}

/** What makes an element, and all in it, a place to drop files. */
export const dropTarget = {
  onDragOver(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    isDragging.value = true;
  },
  onDragLeave(event: DragEvent): void {
    if (event.relatedTarget === null) isDragging.value = false;
  },
  onDrop(event: DragEvent): void {
    isDragging.value = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    dropped.value = files;
  },
  onPaste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    dropped.value = files;
  },
};
