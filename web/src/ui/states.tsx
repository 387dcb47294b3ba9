import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { errorText, trackingIdOf } from '../lib/error-text.ts';
import { useText } from '../lib/i18n.ts';
import { CopyTextButton } from './copy-button.tsx';
import { Glyph } from './glyph.tsx';

/** What is missing, why, and the one act that helps. */
export function EmptyState({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {hint === undefined ? null : <p className="quiet">{hint}</p>}
      {children === undefined ? null : <div className="row">{children}</div>}
    </div>
  );
}

/** What failed in words, the tracking ID, and the way on. */
export function ErrorState({ error, onRetry, title }: { error: unknown; onRetry?: () => void; title?: string }) {
  const { t, f } = useText();
  const trackingId = trackingIdOf(error);
  return (
    <div className="empty" role="alert">
      <h2 className="row">
        <Glyph name="failed" />
        {title ?? t('error.loadFailed')}
      </h2>
      <p className="quiet wrap">{errorText(error, t, f)}</p>
      {trackingId === null ? null : <p className="mono quiet wrap">{t('error.trackingId', { id: trackingId })}</p>}
      <div className="row">
        {onRetry === undefined ? null : <Button onClick={onRetry}>{t('action.retry')}</Button>}
        {trackingId === null ? null : <CopyTextButton text={trackingId} word={t('action.copyTracking')} />}
      </div>
    </div>
  );
}

/** A refusal beside the form or row that caused it. */
export function InlineError({ error }: { error: unknown }) {
  const { t, f } = useText();
  const trackingId = trackingIdOf(error);
  const box = useRef<HTMLDivElement>(null);
  // A button that waits for its answer loses the focus: in a form it goes to what was refused.
  useEffect(() => {
    if (document.activeElement === document.body && (box.current?.closest('form, [role="dialog"]') ?? null) !== null)
      box.current?.focus({ preventScroll: true });
  }, [error]);
  if (error === null || error === undefined) return null;
  return (
    <div className="inline-error focus-place" role="alert" tabIndex={-1} ref={box}>
      <Glyph name="failed" />
      <div className="grow">
        <p className="wrap">{errorText(error, t, f)}</p>
        {trackingId === null ? null : <p className="mono quiet wrap">{t('error.trackingId', { id: trackingId })}</p>}
      </div>
    </div>
  );
}

let seen = 0; // skeletons that stand there now

/** True 150 ms after the first drawing: quick answers show no skeleton. One that takes the place of another is there at once. */
function useIsLate(): boolean {
  const [isLate, setIsLate] = useState(() => seen > 0);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (!isLate) return;
    seen += 1;
    return () => {
      seen -= 1;
    };
  }, [isLate]);
  return isLate;
}

/** Rows in their final height. They stand still. */
export function SkeletonRows({ rows, height = 36 }: { rows: number; height?: number }) {
  const { t } = useText();
  const isLate = useIsLate();
  return (
    <output aria-label={t('state.loading')} className="skeleton" data-late={isLate || undefined}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="skeleton-row" style={{ height }}>
          <span style={{ width: `${30 + ((index * 37) % 40)}%` }} />
          <span style={{ width: '12%' }} />
        </div>
      ))}
    </output>
  );
}
