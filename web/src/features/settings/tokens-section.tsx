import { Button } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { CreateTokenDialog, TokenList } from '../tokens/index.ts';
import { useText } from '../../lib/i18n.ts';
import { Section } from './section.tsx';

export function TokensSection() {
  const { t } = useText();
  const { partner } = useSession();
  const [isCreating, setIsCreating] = useState(false);
  return (
    <Section title={t('tokens.title')} hint={t('tokens.hint', { partner: partner.name })}>
      <TokenList />
      <div className="row">
        <Button onClick={() => setIsCreating(true)}>{t('tokens.create')}</Button>
        <a href="/docs" target="_blank" rel="noreferrer">
          {t('tokens.docs')}
        </a>
      </div>
      <Suspense fallback={null}>
        {isCreating ? <CreateTokenDialog onClose={() => setIsCreating(false)} /> : null}
      </Suspense>
    </Section>
  );
}
