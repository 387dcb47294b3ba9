import { useText } from '../../lib/i18n.ts';
import { NumberField } from './number-field.tsx';

export interface Percents {
  seatsPercent: number;
  pricePercent: number;
}

const percents = { min: -100, max: 1000, step: 'any' } as const;

export const noPercents: Percents = { seatsPercent: 0, pricePercent: 0 };

/** Two percents, of the licenses and of their price. */
export function ChangeFields({ value, onChange }: { value: Percents; onChange: (value: Percents) => void }) {
  const { t } = useText();
  return (
    <div className="change-fields">
      <NumberField
        label={t('renewals.whatIf.seats')}
        value={value.seatsPercent}
        {...percents}
        onChange={(seatsPercent) => onChange({ ...value, seatsPercent })}
      />
      <NumberField
        label={t('renewals.whatIf.price')}
        value={value.pricePercent}
        {...percents}
        onChange={(pricePercent) => onChange({ ...value, pricePercent })}
      />
    </div>
  );
}
