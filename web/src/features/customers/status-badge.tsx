import type { CustomerRow } from '@hub/contract/customers';
import { Tooltip } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { briefReason, reasonTexts, shortStatusWord, type Sign, statusLooks, statusWord } from './status-words.ts';
import './status-badge.css';

interface Told {
  /** The date in the partner's zone that came with the customer. */
  today: string;
  next?: CustomerRow['next'];
}

/** Glyph, word and reason in brief; every reason and the day it began are in the tooltip. */
export function StatusBadge({ entry, today, next = null, isShort = false }: Told & { entry: Sign; isShort?: boolean }) {
  const { t } = useText();
  const { glyph, ground } = statusLooks[entry.status];
  const brief = briefReason(entry, today, t, next);
  return (
    <Explained entry={entry} today={today} next={next} className="status-badge" ground={ground}>
      <Glyph name={glyph} />
      <span className="status-word">{isShort ? shortStatusWord(entry.status, t) : statusWord(entry.status, t)}</span>{' '}
      {brief === null ? null : <span className="status-brief num">{brief}</span>}
    </Explained>
  );
}

/**
 * All statuses of a row, highest first: the first with its words, the others as glyphs with theirs in tooltip and name. Together they are a
 * button: who has no pointer reads the reasons where it leads.
 */
export function StatusBadges({
  signs,
  today,
  next = null,
  onExplain,
}: Told & { signs: readonly Sign[]; onExplain: (button: HTMLElement) => void }) {
  const { t, f } = useText();
  const [first, ...others] = signs;
  if (first === undefined) return null;
  return (
    <button
      type="button"
      className="status-badges"
      aria-haspopup="dialog"
      onClick={(event) => onExplain(event.currentTarget)}
    >
      <StatusBadge entry={first} today={today} next={next} isShort />
      {others.map((entry) => (
        <Explained key={entry.status} entry={entry} today={today} next={next} className="status-glyph">
          <Glyph name={statusLooks[entry.status].glyph} />
          <span className="unseen">
            {`${statusWord(entry.status, t)}: ${reasonTexts(entry, today, t, f, next).join('; ')}`}
          </span>
        </Explained>
      ))}
    </button>
  );
}

/** With its reasons in a tooltip, which is made when somebody points at it: a list draws many of these. */
function Explained({
  entry,
  today,
  next = null,
  className,
  ground,
  children,
}: Told & { entry: Sign; className: string; ground?: string | undefined; children: ReactNode }) {
  const target = useRef<HTMLSpanElement>(null);
  const [isTold, setIsTold] = useState(false);
  return (
    <span
      ref={target}
      className={className}
      data-ground={ground}
      onPointerEnter={({ pointerType }) => setIsTold(pointerType !== 'touch')}
      onPointerLeave={() => setIsTold(false)}
      onPointerDown={() => setIsTold(false)}
    >
      {children}
      {isTold ? (
        <Tooltip
          opened
          target={target}
          label={<Reasons entry={entry} today={today} next={next} />}
          multiline
          maw={360}
        />
      ) : null}
    </span>
  );
}

function Reasons({ entry, today, next = null }: Told & { entry: Sign }) {
  const { t, f } = useText();
  return (
    <>
      <span className="strong">{statusWord(entry.status, t)}</span>
      {reasonTexts(entry, today, t, f, next).map((text) => (
        <span key={text} className="status-line">
          {text}
        </span>
      ))}
      <span className="status-line">
        {t(entry.since > today ? 'status.sinceFuture' : 'status.since', { date: f.date(entry.since) })}
      </span>
    </>
  );
}
