import type { ReactNode } from 'react';

export interface Column<Row> {
  key: string;
  head: string;
  /** The full words of a head that is short for its width. */
  headTitle?: string;
  /** Its name stands there for screen readers only. */
  isHeadUnseen?: boolean;
  /** Small, in the head, never in the cells. */
  unit?: string;
  width: number;
  isNumber?: boolean;
  isSortable?: boolean;
  cell: (row: Row) => ReactNode;
  /** In the totals row. */
  total?: ReactNode;
}

export interface Sorting {
  key: string;
  order: 'asc' | 'desc';
}

/** Rows that are chosen for something: by checkbox, by Space, and from row to row with Shift. */
export interface RowSelection<Row> {
  isSelected: (row: Row) => boolean;
  /** `isRange`: all rows from the one toggled last to this one. */
  toggle: (index: number, isRange: boolean) => void;
  /** From one row to the next with Shift and an arrow: both are selected. */
  extend: (from: number, to: number) => void;
  shown: 'none' | 'some' | 'all';
  toggleAll: () => void;
  nameAll: string;
  nameOf: (row: Row) => string;
}

/** Numbers begin with the biggest, words with A. */
export function firstOrder({ isNumber }: { isNumber?: boolean }): Sorting['order'] {
  return isNumber === true ? 'desc' : 'asc';
}
