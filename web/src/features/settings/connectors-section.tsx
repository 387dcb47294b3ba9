import { Button } from '@mantine/core';
import type { Connector } from '@hub/contract/connectors';
import { Suspense, useState } from 'react';
import { ConnectorDialog, ConnectorList } from '../connectors/index.ts';
import { useText } from '../../lib/i18n.ts';
import { Section } from './section.tsx';

/** What the hub fetches by itself. */
export function ConnectorsSection({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useText();
  const [edited, setEdited] = useState<Connector | 'new' | null>(null);
  return (
    <Section title={t('connectors.title')} hint={t('connectors.hint')}>
      <ConnectorList mayWrite={mayWrite} onEdit={setEdited} />
      {mayWrite ? (
        <Button onClick={() => setEdited('new')}>{t('connectors.create')}</Button>
      ) : (
        <p className="help">{t('connectors.readOnly')}</p>
      )}
      <Suspense fallback={null}>
        {edited === null ? null : (
          <ConnectorDialog connector={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        )}
      </Suspense>
    </Section>
  );
}
