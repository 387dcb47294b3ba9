import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';

/** Who answered, and how old what they know is. */
export function FreshnessChip({ region, dataAsOf }: { region: RegionCode; dataAsOf: string | null }) {
  const { t, f } = useText();
  const label = regionLabels[region];
  return (
    <span className="chip num" title={dataAsOf === null ? undefined : `${f.seconds(dataAsOf)} UTC`}>
      <Glyph name={dataAsOf === null ? 'dotted' : 'done'} />
      {dataAsOf === null
        ? t('usage.asOf.never', { region: label })
        : t('usage.asOf', { region: label, time: f.shortDateTime(dataAsOf) })}
    </span>
  );
}
