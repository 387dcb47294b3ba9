import { callingUsageMaximumDays } from '@hub/contract/calling-usage';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useEffect, useState } from 'react';
import { daysBetween } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { LinkFaults } from '../../ui/link-faults.tsx';
import { linkFaultOf, type Range } from './range.ts';

interface Asked {
  region?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

interface Shown extends Range {
  region: RegionCode | 'all';
}

/** Says what of the address cannot be shown, and mends the address; stays until another region or range is chosen. */
export function LinkNotice({
  asked,
  shown,
  maximumDays = callingUsageMaximumDays,
  onMend,
}: {
  asked: Asked;
  shown: Shown;
  maximumDays?: number;
  onMend: (shown: Shown) => void;
}) {
  const { t, f } = useText();
  const { region, from, to } = shown;
  const [told, setTold] = useState<{ asked: Asked; shown: Shown } | null>(null);
  const isFaulty = faultsOf(asked, region, maximumDays).length > 0;
  if (isFaulty && !isSame(told?.asked, asked)) setTold({ asked, shown });
  if (!isFaulty && told !== null && !isSame(told.shown, shown)) setTold(null);
  useEffect(() => {
    if (isFaulty) onMend({ region, from, to });
  }, [isFaulty, region, from, to, onMend]);
  const link = told?.asked ?? {};
  const words = {
    invalid: () => t('usage.link.invalid'),
    reversed: () => t('usage.link.reversed'),
    tooLong: () =>
      t('usage.link.tooLong', {
        days: daysBetween(link.from ?? '', link.to ?? ''),
        maximum: maximumDays,
      }),
    region: () => t('usage.link.region', { region: (link.region ?? '').slice(0, 40) }),
  };
  const faults = faultsOf(link, region, maximumDays);
  return (
    <LinkFaults
      faults={faults.map((fault) => words[fault]())}
      shown={t('usage.link.shown', {
        region: region === 'all' ? t('region.all') : regionLabels[region],
        range: f.dateRange(from, to),
      })}
    />
  );
}

const isSame = (one: Asked | undefined, other: Asked): boolean =>
  one?.region === other.region && one?.from === other.from && one?.to === other.to;

function faultsOf(asked: Asked, region: string, maximumDays: number) {
  const fault = linkFaultOf(asked, maximumDays);
  return [
    ...(asked.region === undefined || asked.region === region ? [] : (['region'] as const)),
    ...(fault === null ? [] : [fault]),
  ];
}
