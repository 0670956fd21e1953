import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** How near its end somebody reads who wants to see what comes (px). */
const NEAR_PX = 160;

/** Keeps the end of the one thing that a box scrolls in sight as it grows, unless one has scrolled up. */
export function useFollow(): { ref: RefObject<HTMLDivElement | null>; onScroll: () => void } {
  const ref = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box?.firstElementChild) return undefined;
    const resized = new ResizeObserver(() => {
      if (follows.current) box.scrollTop = box.scrollHeight;
    });
    resized.observe(box.firstElementChild);
    return () => resized.disconnect();
  }, []);
  const onScroll = () => {
    const box = ref.current;
    if (box) follows.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
  };
  return { ref, onScroll };
}
