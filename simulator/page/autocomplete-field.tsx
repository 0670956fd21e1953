import { useRef, useState } from 'preact/hooks';
import { Combobox } from './combobox.tsx';

interface Offered {
  name: string;
  value: string | number;
}

/** A field for which the bot offers choices while one types. Anything else may be typed as well. */
export function AutocompleteField({
  id,
  describedBy,
  label,
  askChoices,
  onChange,
}: {
  id: string;
  describedBy: string;
  label: string;
  askChoices: (typed: string) => Promise<Offered[]>;
  onChange: (value: string) => void;
}) {
  const [text, setText] = useState('');
  const [offered, setOffered] = useState<readonly Offered[]>([]);
  const asked = useRef(0);
  const close = () => {
    asked.current += 1;
    setOffered([]);
  };
  const ask = async (typed: string) => {
    asked.current += 1;
    const nr = asked.current;
    const found = await askChoices(typed).catch(() => []);
    // An answer that was overtaken says nothing about what stands there now.
    if (nr === asked.current) setOffered(found);
  };
  return (
    <Combobox
      id={id}
      listLabel={`Choices for ${label}`}
      describedBy={describedBy}
      value={text}
      choices={offered.map(({ name, value }) => ({ key: String(value), label: name }))}
      takesFirst={false}
      onInput={(typed) => {
        setText(typed);
        onChange(typed);
        void ask(typed);
      }}
      onChoose={(key) => {
        setText(offered.find(({ value }) => String(value) === key)?.name ?? key);
        onChange(key);
        close();
      }}
      onOpen={() => void ask(text)}
      onLeave={close}
    />
  );
}
