/** How words are set apart: on a terminal by colour and weight, elsewhere not at all. */
export interface Ink {
  bold(text: string): string;
  dim(text: string): string;
  /** @param rgb as Discord gives an accent colour, `0x5865f2`; null for none */
  tint(text: string, rgb: number | null): string;
}

/** @param isOn whether escape codes are understood where the text goes */
export function createInk(isOn: boolean): Ink {
  const wrap = (on: string, off: string) => (text: string) =>
    isOn ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return {
    bold: wrap('1', '22'),
    dim: wrap('2', '22'),
    tint(text, rgb) {
      if (rgb === null) return text;
      const parts = [rgb >> 16, (rgb >> 8) & 0xff, rgb & 0xff];
      return wrap(`38;2;${parts.join(';')}`, '39')(text);
    },
  };
}
