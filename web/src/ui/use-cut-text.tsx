import { Tooltip } from '@mantine/core';
import { type FocusEvent, type ReactNode, useState } from 'react';

/** Tells in full what is cut in the cell that has the focus: a title is told only to who points at it. */
export function useCutText(): { onFocus: (event: FocusEvent) => void; onBlur: () => void; tip: ReactNode } {
  const [told, setTold] = useState<{ cell: HTMLElement; text: string } | null>(null);
  return {
    onFocus: ({ target }) => {
      const cell = target.closest<HTMLElement>('td, th');
      setTold(cell !== null && isCut(cell) ? { cell, text: textOf(cell) } : null);
    },
    onBlur: () => setTold(null),
    tip:
      told === null ? null : (
        <Tooltip opened target={told.cell} label={told.text} position="bottom-start" multiline maw={360} />
      ),
  };
}

const lineShare = 8; // less may stand out of a line that is whole, a line that is cut off is more

/** Text for screen readers alone is a pixel wide, and never cut for those who look. */
const isCut = (cell: HTMLElement): boolean =>
  [cell, ...cell.querySelectorAll<HTMLElement>('*')].some(
    (part) =>
      (part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight + lineShare) &&
      part.clientWidth > 0 &&
      part.closest('.unseen') === null,
  );

/** As a screen reader has it: what is hidden from it stands there again in words. */
function textOf(node: Node): string {
  if (node instanceof Element && node.getAttribute('aria-hidden') === 'true') return '';
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
  return [...node.childNodes]
    .map(textOf)
    .filter((text) => text.trim() !== '')
    .join(' ');
}
