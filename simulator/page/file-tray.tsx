import type { PickedFile } from './files.ts';

/** The files that were picked, each with a preview and a way to take it back. */
export function FileTray({
  files,
  onRemove,
}: {
  files: readonly PickedFile[];
  onRemove: (file: PickedFile) => void;
}) {
  if (files.length === 0) return null;
  return (
    <ul class="tray">
      {files.map((picked) => (
        <li key={picked.previewUrl}>
          <Preview picked={picked} />
          <span class="tray-name">{picked.file.name}</span>
          <button
            type="button"
            class="icon-button"
            aria-label={`Remove ${picked.file.name}`}
            onClick={() => {
              URL.revokeObjectURL(picked.previewUrl);
              onRemove(picked);
            }}
          >
            <span aria-hidden="true">✕</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Preview({ picked: { file, kind, previewUrl } }: { picked: PickedFile }) {
  if (kind === 'image') return <img class="preview" src={previewUrl} alt="" />;
  if (kind === 'video') {
    return (
      <span class="preview" aria-hidden="true">
        <video src={previewUrl} muted playsInline tabIndex={-1} />
      </span>
    );
  }
  return (
    <span class="preview" aria-hidden="true">
      {kind === 'audio' ? '♪' : (file.name.split('.').at(-1) ?? '').slice(0, 4).toUpperCase()}
    </span>
  );
}
