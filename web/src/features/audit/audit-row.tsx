import type { AuditEvent } from '@hub/contract/audit';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { AuditDetails } from './audit-details.tsx';
import { actionWords, actorName, targetKindWords } from './audit-words.ts';
import type { AuditSearch } from './queries.ts';

/** One entry; it opens below itself. */
export function AuditRow({ event, search }: { event: AuditEvent; search: AuditSearch }) {
  const { t, f } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const { actor, target, onBehalfOf } = event;
  const who = actorName(actor, t);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <>
      <div className="audit-grid" data-open={isOpen || undefined}>
        <button
          type="button"
          className="audit-opener num"
          aria-expanded={isOpen}
          aria-controls={id}
          aria-label={t('audit.open', { action: actionWords(event.action, t), time: f.seconds(event.at) })}
          onClick={() => setIsOpen(!isOpen)}
        >
          <Chevron size={14} stroke={1.8} aria-hidden="true" />
          <span>{f.seconds(event.at)}</span>
        </button>
        <span className="strong wrap">{actionWords(event.action, t)}</span>
        <span className="audit-target">
          <span className="quiet">{targetKindWords(target.kind, t)}</span>
          {target.name === null ? null : ' '}
          {target.name === null ? null : target.kind === 'customer' ? (
            <CustomerLink customerId={target.id} name={target.name} />
          ) : (
            <span className="wrap">{target.name}</span>
          )}
        </span>
        <span className="audit-who">
          {actor.personId === null ? (
            <span className="quiet">{who}</span>
          ) : (
            <Link
              to="/audit-log"
              search={{ ...search, personId: actor.personId }}
              className="audit-link wrap"
              preload={false}
              title={t('audit.only', { name: who })}
            >
              {who}
            </Link>
          )}
          {actor.token === null ? null : <span className="help wrap">{t('audit.through', { name: actor.token })}</span>}
        </span>
        <span className="quiet wrap">
          {onBehalfOf === null || onBehalfOf.name === null ? null : (
            <CustomerLink customerId={onBehalfOf.customerId} name={onBehalfOf.name} />
          )}
        </span>
      </div>
      {isOpen ? (
        <div className="audit-details" id={id}>
          <AuditDetails event={event} search={search} />
        </div>
      ) : null}
    </>
  );
}

/** A customer that has no name here is gone, or not the person's to see. */
function CustomerLink({ customerId, name }: { customerId: string; name: string }) {
  return (
    <Link to="/customers/$customerId" params={{ customerId }} className="audit-link wrap" preload={false}>
      {name}
    </Link>
  );
}
