import type { CustomerRow } from '@hub/contract/customers';
import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import {
  briefReason,
  nextAct,
  reasonTexts,
  shortStatusWord,
  type Sign,
  statusLooks,
  statusWord,
} from './status-words.ts';
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

/** All statuses of a row, highest first: the first with its words, the others as glyphs with theirs in tooltip and name. */
export function StatusBadges({ signs, today, next = null }: Told & { signs: readonly Sign[] }) {
  const { t, f } = useText();
  const [first, ...others] = signs;
  if (first === undefined) return null;
  return (
    <span className="status-badges">
      <StatusBadge entry={first} today={today} next={next} isShort />
      {others.map((entry) => (
        <Explained key={entry.status} entry={entry} today={today} next={next} className="status-glyph">
          <Glyph name={statusLooks[entry.status].glyph} />
          <span className="unseen">
            {`${statusWord(entry.status, t)}: ${reasonTexts(entry, today, t, f, next).join('; ')}`}
          </span>
        </Explained>
      ))}
    </span>
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
      onMouseEnter={() => setIsTold(true)}
      onMouseLeave={() => setIsTold(false)}
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

/** A status in full, for a page or a panel: badge, every reason as a sentence, since when, and what to do next. */
export function StatusExplained({ entry, today, next = null, customerId }: Told & { entry: Sign; customerId: string }) {
  const { t, f } = useText();
  const { glyph, ground } = statusLooks[entry.status];
  const { may } = useSession();
  const act = nextAct(entry, t);
  return (
    <div className="status-explained">
      <p>
        <span className="status-badge" data-ground={ground}>
          <Glyph name={glyph} />
          <span className="status-word">{statusWord(entry.status, t)}</span>
        </span>
        <span className="help">
          {t(entry.since > today ? 'status.sinceFuture' : 'status.since', { date: f.date(entry.since) })}
        </span>
      </p>
      <ul>
        {reasonTexts(entry, today, t, f, next).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {act.place === 'contact' || may('subscriptions.read') ? (
        <Link
          to="/customers/$customerId"
          params={{ customerId }}
          search={act.place === 'contact' ? {} : { tab: act.place }}
          {...(act.place === 'contact' ? { hash: act.place } : {})}
        >
          {act.label}
        </Link>
      ) : null}
    </div>
  );
}
