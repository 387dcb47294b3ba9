import type { ReactNode } from 'react';

export type GlyphName =
  | 'done'
  | 'running'
  | 'failed'
  | 'paused'
  | 'warning'
  | 'struck'
  | 'dotted'
  | 'late'
  | 'quarter'
  | 'diamond'
  | 'cross'
  | 'half'
  | 'zigzag'
  | 'falling'
  | 'disc';

/** A red square with a hole of this shape. */
const inSquare = (hole: string) => ({
  color: 'var(--red)',
  shape: <path d={`M1 0h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H1a1 1 0 0 1-1-1V1a1 1 0 0 1 1-1${hole}`} stroke="none" />,
});

// Silhouettes that can be told apart at 12 px without colour.
const glyphs: Record<GlyphName, { color: string; shape: ReactNode }> = {
  done: { color: 'var(--ok)', shape: <path d="M1.5 6.5 4.7 9.6 10.5 2.8" fill="none" strokeWidth="1.9" /> },
  running: { color: 'var(--acc)', shape: <path d="M6 1.4A4.6 4.6 0 1 1 1.5 5" fill="none" strokeWidth="1.9" /> },
  failed: inSquare('M3 4.2 4.8 6 3 7.8 4.2 9 6 7.2 7.8 9 9 7.8 7.2 6 9 4.2 7.8 3 6 4.8 4.2 3z'),
  paused: inSquare('M3.8 3.2v5.6h1.6V3.2zM6.6 3.2v5.6h1.6V3.2z'),
  warning: {
    color: 'var(--over)',
    shape: <path d="M6 .6 12 11.4H0zM5.3 4.2v3.6h1.4V4.2zm0 4.5V10h1.4V8.7z" fillRule="evenodd" stroke="none" />,
  },
  struck: {
    color: 'var(--ink2)',
    shape: <path d="M2.6 9.4 9.4 2.6M6 1.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6" fill="none" strokeWidth="1.5" />,
  },
  dotted: {
    color: 'var(--ink2)',
    shape: <circle cx="6" cy="6" r="4.7" fill="none" strokeWidth="1.7" strokeDasharray="1.7 2" />,
  },
  late: { color: 'var(--amber)', shape: <path d="M2 7 6 2.5 10 7M1 10.7h10" fill="none" strokeWidth="1.7" /> },
  quarter: {
    color: 'var(--amber)',
    shape: (
      <>
        <circle cx="6" cy="6" r="4.9" fill="none" strokeWidth="1.5" />
        <path d="M6 2.8V6h3.2A3.2 3.2 0 0 0 6 2.8" stroke="none" />
      </>
    ),
  },
  cross: { color: 'var(--red)', shape: <path d="M2 2 10 10M10 2 2 10" fill="none" strokeWidth="2.2" /> },
  diamond: {
    color: 'var(--viol)',
    shape: (
      <>
        <path d="M6 1 11 6 6 11 1 6z" fill="none" strokeWidth="1.5" strokeLinejoin="round" />
        <circle cx="6" cy="6" r="1.5" stroke="none" />
      </>
    ),
  },
  half: {
    color: 'var(--acc)',
    shape: (
      <>
        <circle cx="6" cy="6" r="4.9" fill="none" strokeWidth="1.5" />
        <path d="M6 1.5v9a4.5 4.5 0 0 1 0-9" stroke="none" />
      </>
    ),
  },
  zigzag: {
    color: 'var(--over)',
    shape: (
      <path d="M.8 9.6 3.4 5.8 5.4 8 8 1.6 9.6 6.4 11.3 4.6" fill="none" strokeWidth="1.7" strokeLinejoin="round" />
    ),
  },
  falling: {
    color: 'var(--over)',
    shape: (
      <path d="M1 2 5 6.2 6.8 4.6 10.8 9.6M10.9 5.6v4.2H6.8" fill="none" strokeWidth="1.7" strokeLinejoin="round" />
    ),
  },
  disc: { color: 'var(--ink2)', shape: <circle cx="6" cy="6" r="3.6" stroke="none" /> },
};

/** Decoration: the word stands beside it. */
export function Glyph({ name }: { name: GlyphName }) {
  const { color, shape } = glyphs[name];
  return (
    <svg
      className="glyph"
      width="12"
      height="12"
      viewBox="0 0 12 12"
      fill={color}
      stroke={color}
      fillRule="evenodd"
      aria-hidden="true"
    >
      {shape}
    </svg>
  );
}

/** A glyph, its word, and a reason. */
export function State({ glyph, word, reason }: { glyph: GlyphName; word: string; reason?: string }) {
  return (
    <span className="state">
      <Glyph name={glyph} />
      <span className="state-word">{word}</span>
      {reason === undefined ? null : <span className="quiet">{reason}</span>}
    </span>
  );
}
