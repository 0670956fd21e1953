import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { FileTray } from './file-tray.tsx';
import { acceptOf, type PickedFile, pickFiles } from './files.ts';
import { Problem } from './problem.tsx';

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
  /** Gets how to change what is there by then. */
  onChange: (change: (before: readonly PickedFile[]) => PickedFile[]) => void;
}) {
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    // It tells what is chosen, also to those who hear it.
    const shown = new DataTransfer();
    for (const { file } of files) shown.items.add(file);
    if (input.current) input.current.files = shown.files;
  }, [files]);
  const add = async (chosen: readonly File[]) => {
    // One that takes one file takes another in its place.
    const isReplaced = max === 1;
    const picked = await pickFiles(chosen, types, isReplaced ? 1 : max - files.length);
    setProblem(picked.problem);
    onChange((before) =>
      isReplaced && picked.files.length > 0
        ? picked.files
        : [...before, ...picked.files].slice(0, max),
    );
  };
  return (
    <>
      <FileTray
        files={files}
        onRemove={(removed) => onChange((before) => before.filter((one) => one !== removed))}
      />
      <input
        ref={input}
        id={id}
        type="file"
        multiple={max > 1}
        accept={acceptOf(types)}
        aria-describedby={describedBy}
        onChange={({ currentTarget }) => void add([...(currentTarget.files ?? [])])}
      />
      <Problem words={problem} />
    </>
  );
}
