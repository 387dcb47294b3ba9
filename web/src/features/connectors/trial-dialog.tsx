import { Button } from '@mantine/core';
import type { Connector, ConnectorTrial } from '@hub/contract/connectors';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { State } from '../../ui/glyph.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { faultText } from './connector-words.ts';
import { trialQuery } from './queries.ts';

/** Who the token belongs to and what it may see, asked when it is opened. */
export function TrialDialog({ connector, onClose }: { connector: Connector; onClose: () => void }) {
  const { t } = useText();
  useReturnFocus();
  const { data, error, isFetching, refetch } = useQuery(trialQuery(connector.id));
  return (
    <Dialog title={t('connectors.test.title', { name: connector.name })} onClose={onClose}>
      <div className="stack">
        {isFetching ? <SkeletonRows rows={3} /> : null}
        {isFetching || error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
        {isFetching || data === undefined ? null : <Outcome trial={data} />}
        <div className="dialog-actions">
          <Button onClick={() => void refetch()} loading={isFetching}>
            {t('connectors.test.again')}
          </Button>
          <Button variant="filled" onClick={onClose} data-autofocus>
            {t('action.close')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Outcome({ trial: { person, organizations, readsCalls, fault } }: { trial: ConnectorTrial }) {
  const { t, f } = useText();
  return (
    <>
      <output>
        <State
          glyph={fault === null ? 'done' : 'failed'}
          word={t(fault === null ? 'connectors.test.fine' : 'connectors.test.failed')}
        />
      </output>
      {fault === null ? null : <p className="wrap">{faultText(fault, t, f)}</p>}
      <dl className="facts">
        <dt>{t('connectors.test.person')}</dt>
        <dd className="wrap">
          {person === null
            ? '–'
            : [person.name, person.email].filter((text) => text !== null && text !== '').join(' · ')}
        </dd>
        <dt>{t('connectors.organizations')}</dt>
        <dd className="wrap">
          {organizations === null
            ? '–'
            : t('connectors.test.organizations', {
                count: organizations.count,
                names: f.list(organizations.names.slice(0, 3)),
              })}
        </dd>
        <dt>{t('connectors.test.calls')}</dt>
        <dd>{readsCalls === null ? '–' : t(readsCalls ? 'connectors.test.calls.yes' : 'connectors.test.calls.no')}</dd>
      </dl>
    </>
  );
}
