import { Select } from '@mantine/core';
import type { RegionCode } from '@hub/contract/regions';
import type { Retention } from '@hub/contract/retention';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { useSession } from '../sessions/index.ts';
import { RetentionForm } from './retention-form.tsx';
import { retentionQuery } from './retention-queries.ts';
import { Section } from './section.tsx';

/** For how many days each feed is kept, a region at a time. */
export function RetentionSection({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(retentionQuery);
  return (
    <Section title={t('settings.retention')} hint={t('settings.retention.hint')}>
      {data === undefined && error === null ? <SkeletonRows rows={6} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : <RetentionOfRegion retention={data} mayWrite={mayWrite} />}
    </Section>
  );
}

function RetentionOfRegion({ retention, mayWrite }: { retention: Retention; mayWrite: boolean }) {
  const { t, f } = useText();
  const { partner } = useSession();
  const regions = [...new Set(retention.rules.map(({ region }) => region))];
  const [chosen, setChosen] = useState<RegionCode>(partner.homeRegion);
  const region = regions.includes(chosen) ? chosen : regions[0];
  if (region === undefined) return null;
  const rules = retention.rules.filter((rule) => rule.region === region);
  return (
    <>
      {retention.beginsOn === null ? null : (
        <p className="help">{t('settings.retention.begins', { day: f.date(retention.beginsOn) })}</p>
      )}
      {regions.length === 1 ? null : (
        <Select
          label={t('settings.retention.region')}
          data={regions.map((value) => ({ value, label: t(`region.${value}`) }))}
          value={region}
          allowDeselect={false}
          onChange={(value) => setChosen(value ?? region)}
        />
      )}
      {mayWrite ? <RetentionForm key={region} region={region} rules={rules} /> : <RetentionFacts rules={rules} />}
    </>
  );
}

function RetentionFacts({ rules }: { rules: Retention['rules'] }) {
  const { t, f } = useText();
  return (
    <>
      <dl className="facts">
        {rules.map(({ feed, days, firstDay }) => (
          <div key={feed}>
            <dt>{t(`feed.${feed}`)}</dt>
            <dd>
              {days === null ? t('settings.retention.forever') : t('settings.statuses.days', { count: days })}
              {firstDay === null ? null : (
                <p className="help">{t('settings.retention.from', { day: f.date(firstDay) })}</p>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="help">{t('settings.statuses.readOnly')}</p>
    </>
  );
}
