/** The samples of an exposition in Prometheus' text format that are the bot's own: `name{labels}` → value. */
export function samplesIn(exposition: string): Map<string, number> {
  const PREFIX = 'seedance_bot_';
  const lines = exposition.split('\n').filter((line) => line.startsWith(PREFIX));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(PREFIX.length, at), Number(line.slice(at + 1))];
    }),
  );
}
