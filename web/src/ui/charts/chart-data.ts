import type { MaybeNumber } from './chart-scale.ts';

export type Tone = 'heavy' | 'regular' | 'light' | 'none' | 'good' | 'poor' | 'unknown' | 'ink' | 'accent';

/** One place on the time axis. */
export interface Bucket {
  key: string;
  /** Short, below the axis. */
  label: string;
  /** Whole, in tooltip and table. */
  name: string;
  /** Not over yet: drawn open, and said to be so. */
  isOpen: boolean;
}

/** Null is nothing known: a gap, never 0. */
export interface Series {
  key: string;
  name: string;
  tone: Tone;
  values: readonly MaybeNumber[];
  /** Short: beside its point. */
  text: (value: number) => string;
  /** Said after the text where it stands alone. */
  unit?: string | undefined;
}

/** A value with its unit. */
export const valueText = ({ text, unit }: Pick<Series, 'text' | 'unit'>, value: number): string =>
  unit === undefined ? text(value) : `${text(value)} ${unit}`;

/** Strips that share the time axis, each with its own scale. Stack: the first series stands at the base. */
export type Panel =
  | { kind: 'line'; head: string; height: number; series: Series }
  | {
      kind: 'lollipop';
      head: string;
      unit: string;
      height: number;
      series: Series;
      /** The dashed line. */
      limit?: { value: number; label: string };
      /** By bucket: the ring is filled. */
      isOver: readonly boolean[];
    }
  | { kind: 'stack'; head?: string; unit: string; height: number; series: readonly Series[] };

export const seriesOf = (panels: readonly Panel[]): Series[] =>
  panels.flatMap((panel) => (panel.kind === 'stack' ? panel.series : [panel.series]));
