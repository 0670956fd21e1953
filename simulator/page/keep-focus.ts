import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * When what has the focus goes away inside a place, the place itself gets it: whoever uses the
 * keyboard goes on from there, and not from the top of the page.
 */
export function useKeptFocus<Place extends HTMLElement>(): {
  ref: RefObject<Place | null>;
  onFocusIn: (event: FocusEvent) => void;
} {
  const ref = useRef<Place>(null);
  const last = useRef<EventTarget | null>(null);
  useLayoutEffect(() => {
    const gone = last.current instanceof Element && !last.current.isConnected;
    if (!gone || document.activeElement !== document.body) return;
    last.current = null;
    ref.current?.focus({ preventScroll: true });
  });
  const onFocusIn = ({ target }: FocusEvent) => {
    last.current = target;
  };
  return { ref, onFocusIn };
}
