import { FileTray } from './file-tray.tsx';
import { acceptOf, isOfTypes, type PickedFile, pickFile } from './files.ts';

/** Where files are picked, up to so many of some kinds. */
export function FileField({
  id,
  describedBy,
  files,
  max,
  types,
  onChange,
}: {
  id: string;
  describedBy?: string | undefined;
  files: readonly PickedFile[];
  max: number;
  types?: readonly string[] | undefined;
  onChange: (files: PickedFile[]) => void;
}) {
  const add = async (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])];
    // The same file may be picked again after it was taken back.
    input.value = '';
    onChange([...files, ...(await pickFitting(chosen, types))].slice(-max));
  };
  return (
    <>
      <FileTray
        files={files}
        onRemove={(removed) => onChange(files.filter((one) => one !== removed))}
      />
      <input
        id={id}
        type="file"
        multiple={max > 1}
        accept={acceptOf(types)}
        aria-describedby={describedBy}
        onChange={({ currentTarget }) => void add(currentTarget)}
      />
    </>
  );
}

/** Looks into those of the files that are of these kinds or endings. */
export function pickFitting(
  files: readonly File[],
  types: readonly string[] | undefined,
): Promise<PickedFile[]> {
  return Promise.all(files.filter((file) => isOfTypes(file, types)).map(pickFile));
}
