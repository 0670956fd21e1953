/** What went wrong, said at once. */
export function Problem({ words }: { words: string | undefined }) {
  if (words === undefined) return null;
  return (
    <p class="problem" role="alert">
      {words}
    </p>
  );
}
