import { TextInput } from '@mantine/core';
import { Product, productNames } from '@hub/contract/products';
import type { LicenseLine } from '@hub/contract/subscriptions';
import { trialMaximumDays } from '@hub/contract/trials';
import { useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { addDays, daysUntil, isCalendarDate } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import type { BulkFormProps } from './bulk-form.ts';

const usualDays = 90;

/** The same trial for each: from when to when, of what. */
export function BulkTrialForm({ onAct, actions }: BulkFormProps) {
  const { t } = useText();
  const { today } = useSession();
  const [startsOn, setStartsOn] = useState(today);
  const [endsOn, setEndsOn] = useState(addDays(today, usualDays));
  const [counts, setCounts] = useState<Partial<Record<Product, string>>>({ calling: '25' });
  const [isTried, setIsTried] = useState(false);
  const lines: LicenseLine[] = Product.options.flatMap((product) => {
    const ordered = Number(counts[product]);
    return counts[product] === undefined || !Number.isInteger(ordered) || ordered < 1
      ? []
      : [{ product, ordered, assigned: null }];
  });
  const faultOf = (product: Product): string | null =>
    counts[product] !== undefined && !/^[1-9]\d{0,6}$/.test(counts[product]) ? t('bulk.trial.count') : null;
  const startFault = isCalendarDate(startsOn) ? null : t('bulk.trial.date');
  const endFault = !isCalendarDate(endsOn)
    ? t('bulk.trial.date')
    : endsOn < startsOn
      ? t('bulk.trial.reversed')
      : endsOn < today
        ? t('bulk.trial.past')
        : daysUntil(startsOn, endsOn) > trialMaximumDays
          ? t('bulk.trial.long', { days: trialMaximumDays })
          : null;
  const isGood =
    startFault === null &&
    endFault === null &&
    lines.length > 0 &&
    Product.options.every((each) => faultOf(each) === null);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (isGood) onAct({ act: 'start_trial', startsOn, endsOn, lines });
      }}
    >
      <div className="pair">
        <TextInput
          type="date"
          label={t('bulk.trial.start')}
          value={startsOn}
          onChange={(event) => setStartsOn(event.currentTarget.value)}
          error={isTried ? startFault : null}
        />
        <TextInput
          type="date"
          label={t('bulk.trial.end')}
          value={endsOn}
          onChange={(event) => setEndsOn(event.currentTarget.value)}
          error={isTried ? endFault : null}
        />
      </div>
      <fieldset className="trial-lines">
        <legend>{t('bulk.trial.products')}</legend>
        {Product.options.map((product) => {
          const isChosen = counts[product] !== undefined;
          const change = (value: string | undefined) => {
            const { [product]: _, ...others } = counts;
            setCounts(value === undefined ? others : { ...others, [product]: value });
          };
          return (
            <div key={product}>
              <label>
                <input type="checkbox" checked={isChosen} onChange={() => change(isChosen ? undefined : '25')} />
                <span>{productNames[product]}</span>
              </label>
              {isChosen ? (
                <TextInput
                  aria-label={t('bulk.trial.licenses', { product: productNames[product] })}
                  inputMode="numeric"
                  value={counts[product]}
                  onChange={(event) => change(event.currentTarget.value)}
                  error={isTried ? faultOf(product) : null}
                />
              ) : null}
            </div>
          );
        })}
        {isTried && lines.length === 0 ? <p className="mantine-InputWrapper-error">{t('bulk.trial.needed')}</p> : null}
      </fieldset>
      {actions(t('bulk.preview'))}
    </form>
  );
}
