import type { AuditEvent } from '@hub/contract/audit';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { type Change, changesOf } from './changes.ts';
import { targetKindWords } from './audit-words.ts';
import type { AuditSearch } from './queries.ts';

/** What stood before and what stands after, and the ids to ask about. */
export function AuditDetails({ event, search }: { event: AuditEvent; search: AuditSearch }) {
  const { t } = useText();
  const changes = changesOf(event.before, event.after);
  const { target } = event;
  const name = target.name ?? targetKindWords(target.kind, t);
  return (
    <>
      {changes.length === 0 ? (
        <p className="quiet">{t('audit.noValues')}</p>
      ) : (
        <Changes changes={changes} hasBefore={event.before !== null} hasAfter={event.after !== null} />
      )}
      <div className="audit-ids">
        <span className="row audit-id">
          <span className="mono wrap">{t('error.trackingId', { id: event.trackingId })}</span>
          <CopyButton text={event.trackingId} name={t('error.trackingId', { id: '' })} />
        </span>
        <span className="row audit-id">
          <span className="mono wrap">
            {targetKindWords(target.kind, t)}: {target.id}
          </span>
          <CopyButton text={target.id} name={t('audit.id')} />
        </span>
        <Link to="/audit-log" search={{ ...search, targetKind: target.kind, targetId: target.id }} preload={false}>
          {t('audit.onlyTarget', { name })}
        </Link>
      </div>
    </>
  );
}

/** Values are shown as they are stored, in English. */
function Changes({
  changes,
  hasBefore,
  hasAfter,
}: {
  changes: readonly Change[];
  hasBefore: boolean;
  hasAfter: boolean;
}) {
  const { t } = useText();
  return (
    <table className="audit-changes">
      <caption className="unseen">{t('audit.changes')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          {hasBefore ? <th scope="col">{t('audit.before')}</th> : null}
          {hasAfter ? <th scope="col">{t('audit.after')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after, isChanged }) => (
          <tr key={field} data-changed={isChanged || undefined}>
            <th scope="row" lang="en">
              {field}
            </th>
            {hasBefore ? <Value text={before} /> : null}
            {hasAfter ? <Value text={after} /> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ text }: { text: string }) {
  const { t } = useText();
  if (text === '')
    return (
      <td data-unset>
        <span className="help">{t('audit.unset')}</span>
      </td>
    );
  return (
    <td className="wrap" lang="en">
      {text}
    </td>
  );
}
