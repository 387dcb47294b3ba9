import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';

interface Place {
  row: number;
  column: number;
}

interface GridKeys {
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: (event: FocusEvent<HTMLElement>) => void;
  table: RefObject<HTMLTableElement | null>;
  /** Where the focus is, or is on its way to. */
  row: number;
  /** While the focus is in the table: its row and the one it is on its way to. They stay in the document, however far away. */
  held: readonly number[];
}

const inside = 'a[href],button,input';
const unsettled = '[data-place][tabindex], [data-place] :is(a[href], button, input):not([tabindex="-1"])';
const soonFrames = 20;

/** Arrow keys, Home, End and page keys move from cell to cell; the head is row -1, the totals are row `rowCount`. */
export function useGridKeys({
  rowCount,
  columnCount,
  reveal,
  pageRows,
  onExtend,
}: {
  rowCount: number;
  columnCount: number;
  reveal: (row: number) => void;
  /** Asked when it is needed: the browser lays everything out to tell it. */
  pageRows: () => number;
  /** Shift with an arrow: from the row before the move to the row after it. */
  onExtend?: ((from: number, to: number) => void) | undefined;
}): GridKeys {
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const [focusedRow, setFocusedRow] = useState<number | null>(null);
  const held = useMemo(() => (focusedRow === null ? [] : [focusedRow, place.row]), [focusedRow, place.row]);
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (table.current !== null) setTabStop(table.current, place);
  });
  // Other rows came in the place of those that had the focus: it stays where it was.
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const isLost = focused.current?.isConnected === false && document.activeElement === document.body;
    if (isLost && table.current !== null) targetAt(table.current, place)?.focus({ preventScroll: true });
  });

  const focus = (grid: HTMLElement, to: Place) => {
    setPlace(to);
    const find = (): boolean => {
      const target = targetAt(grid, to);
      if (target === null) return false;
      if (!target.hasAttribute('tabindex')) target.tabIndex = -1;
      target.focus({ preventScroll: true });
      target.closest('[data-place]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      return true;
    };
    if (to.row >= 0 && to.row < rowCount) reveal(to.row);
    // A row is drawn after the scrolling, soon.
    const seek = (frames: number): void => {
      if (!find() && frames > 0) requestAnimationFrame(() => seek(frames - 1));
    };
    seek(soonFrames);
  };

  return {
    onFocus: (event) => {
      event.currentTarget.toggleAttribute('data-keys', event.target.matches(':focus-visible'));
      focused.current = event.target;
      const at = placeOf(event.target);
      setFocusedRow(at?.row ?? null);
      if (at !== null && (at.row !== place.row || at.column !== place.column)) setPlace(at);
    },
    onBlur: ({ target }) => {
      if (!target.isConnected) return;
      focused.current = null; // the person left it
      setFocusedRow(null);
    },
    onKeyDown: (event) => {
      const isExtending = event.shiftKey && onExtend !== undefined && /^Arrow(Up|Down)$/.test(event.key);
      if (event.altKey || (event.shiftKey && !isExtending) || event.metaKey) return;
      const at = placeOf(event.target);
      if (at === null) return;
      const to = step(event.key, event.ctrlKey, at, { rowCount, columnCount, pageRows });
      if (to === null) return;
      event.preventDefault();
      if (isExtending && to.row >= 0 && to.row < rowCount) onExtend(at.row, to.row);
      focus(event.currentTarget, to);
    },
    table,
    row: place.row,
    held,
  };
}

/** What takes the focus in a cell: the link or button in it, else the cell. */
function targetAt(grid: HTMLElement, { row, column }: Place): HTMLElement | null {
  const cell = grid.querySelector<HTMLElement>(`[data-place="${row},${column}"]`);
  return cell?.querySelector<HTMLElement>(inside) ?? cell;
}

/** One stop for the Tab key in the whole grid: the current place, or the first row drawn when that has been scrolled away. */
function setTabStop(grid: HTMLElement, place: Place): void {
  const first = grid.querySelector('tbody [data-place]');
  const stop = targetAt(grid, place) ?? (first === null ? null : targetAt(grid, placeOf(first) ?? place));
  // Only where it may differ: rows are drawn often, and each write makes the browser style one anew.
  for (const element of [...(stop === null ? [] : [stop]), ...grid.querySelectorAll<HTMLElement>(unsettled)]) {
    // A cell that has the focus would lose it with its attribute.
    const isPlain = element.hasAttribute('data-place') && element !== document.activeElement;
    const wanted = element === stop ? '0' : isPlain ? null : '-1';
    if (element.getAttribute('tabindex') === wanted) continue;
    if (wanted === null) element.removeAttribute('tabindex');
    else element.setAttribute('tabindex', wanted);
  }
}

export function placeOf(target: EventTarget): Place | null {
  const text = target instanceof Element ? target.closest<HTMLElement>('[data-place]')?.dataset['place'] : undefined;
  const [row, column] = text?.split(',').map(Number) ?? [];
  return row === undefined || column === undefined ? null : { row, column };
}

function step(
  key: string,
  isFar: boolean,
  at: Place,
  size: { rowCount: number; columnCount: number; pageRows: () => number },
): Place | null {
  const lastColumn = size.columnCount - 1;
  const row = (to: number): number => Math.min(size.rowCount, Math.max(-1, to));
  switch (key) {
    case 'ArrowUp':
      return { row: row(at.row - 1), column: at.column };
    case 'ArrowDown':
      return { row: row(at.row + 1), column: at.column };
    case 'ArrowLeft':
      return { row: at.row, column: Math.max(0, at.column - 1) };
    case 'ArrowRight':
      return { row: at.row, column: Math.min(lastColumn, at.column + 1) };
    case 'Home':
      return { row: isFar ? 0 : at.row, column: 0 };
    case 'End':
      return { row: isFar ? size.rowCount - 1 : at.row, column: lastColumn };
    case 'PageUp':
      return { row: Math.max(0, at.row - size.pageRows()), column: at.column };
    case 'PageDown':
      return { row: Math.min(size.rowCount - 1, at.row + size.pageRows()), column: at.column };
    default:
      return null;
  }
}
