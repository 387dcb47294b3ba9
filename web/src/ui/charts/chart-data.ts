import type { ReactNode } from 'react';
import type { MaybeNumber } from './chart-scale.ts';

export type Tone =
  | 'heavy'
  | 'regular'
  | 'light'
  | 'none'
  | 'good'
  | 'poor'
  | 'unknown'
  | 'ink'
  | 'accent'
  | 'used'
  | 'assigned'
  | 'available';

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
  /** Of an earlier time: dashed. */
  isEarlier?: boolean;
}

/** A value with its unit. */
export const valueText = ({ text, unit }: Pick<Series, 'text' | 'unit'>, value: number): string =>
  unit === undefined ? text(value) : `${text(value)} ${unit}`;

export interface LinesPanel {
  kind: 'lines';
  head?: string;
  unit: string;
  height: number;
  series: readonly Series[];
  /** `Lines`: only some pages draw them. */
  draw: (props: { panel: LinesPanel } & Drawn) => ReactNode;
}

/** What every strip is drawn with. */
export interface Drawn {
  plot: Plot;
  hidden: readonly string[];
  buckets: readonly Bucket[];
  compact: (value: number) => string;
}

/** What all strips of a picture share; in CSS pixels. */
export interface Plot {
  width: number;
  count: number;
  /** Prefix of the patterns' ids. */
  hatch: string;
}

/** Strips that share the time axis, each with its own scale. Stack: the first series stands at the base. Lines: all on one scale from 0, drawn by what the page brings. */
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
  | LinesPanel
  | { kind: 'stack'; head?: string; unit: string; height: number; series: readonly Series[] };

export const seriesOf = (panels: readonly Panel[]): Series[] =>
  panels.flatMap((panel) => (panel.kind === 'stack' || panel.kind === 'lines' ? panel.series : [panel.series]));
