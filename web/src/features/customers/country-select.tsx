import { Select } from '@mantine/core';
import { countryCodes } from '@hub/contract/regions';
import { type Ref, useMemo } from 'react';
import { useText } from '../../lib/i18n.ts';

interface Props {
  /** Two letters (ISO 3166); empty until one is chosen. */
  value: string;
  onChange: (country: string) => void;
  onBlur: () => void;
  error: string | null;
  ref?: Ref<HTMLInputElement>;
  description?: string;
}

/** Every country by its name in the person's language, in that language's order. */
export function CountrySelect({ value, onChange, ...props }: Props) {
  const { t, f } = useText();
  const countries = useMemo(
    () =>
      countryCodes
        .map((code) => ({ value: code, label: f.country(code) }))
        .toSorted((a, b) => f.compare(a.label, b.label)),
    [f],
  );
  return (
    <Select
      {...props}
      label={t('customers.country')}
      placeholder={t('customers.country.placeholder')}
      data={countries}
      searchable
      selectFirstOptionOnChange
      autoSelectOnBlur
      limit={260}
      value={value === '' ? null : value}
      onChange={(country) => onChange(country ?? '')}
    />
  );
}
