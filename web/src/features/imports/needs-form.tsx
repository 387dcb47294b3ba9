import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { OrgUuid } from '@hub/contract/ids';
import type { ImportBatch } from '@hub/contract/imports';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customersQuery, searchFilter } from '../customers/index.ts';
import { useText } from '../../lib/i18n.ts';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Needs } from './needs.ts';
import { useRetryImport } from './queries.ts';

/** Asks for what a report does not say, and lets its import go on with the file that is kept. */
export function NeedsForm({ batch, needs }: { batch: ImportBatch; needs: Needs }) {
  const { t } = useText();
  const retry = useRetryImport();
  const [orgUuid, setOrgUuid] = useState<OrgUuid | null>(null);
  const [days, setDays] = useState({ from: '', to: '' });
  const [isTried, setIsTried] = useState(false);
  const isMissing = (needs.customer && orgUuid === null) || (needs.period && (days.from === '' || days.to === ''));
  const isReversed = needs.period && days.to !== '' && days.from > days.to;
  const required = (value: string | null): string | null =>
    isTried && (value === null || value === '') ? t('error.required') : null;
  const submit = () => {
    setIsTried(true);
    if (isMissing || isReversed) return;
    const given = { ...(needs.customer && orgUuid !== null ? { orgUuid } : {}), ...(needs.period ? days : {}) };
    retry.mutate(
      { importId: batch.id, given },
      { onSuccess: () => toast({ glyph: 'running', title: t('batch.retried', { name: batch.fileName }) }) },
    );
  };
  return (
    <form
      className="needs"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {needs.customer ? (
        <CustomerChoice region={batch.region} value={orgUuid} error={required(orgUuid)} onChange={setOrgUuid} />
      ) : null}
      {needs.period ? (
        <div className="needs-days">
          <TextInput
            type="date"
            label={t('imports.needs.from')}
            value={days.from}
            error={required(days.from)}
            onChange={(event) => setDays({ ...days, from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('imports.needs.to')}
            value={days.to}
            error={isTried && isReversed ? t('imports.needs.reversed') : required(days.to)}
            onChange={(event) => setDays({ ...days, to: event.currentTarget.value })}
          />
        </div>
      ) : null}
      {needs.period ? <p className="help">{t('imports.needs.hint')}</p> : null}
      <InlineError error={retry.error} />
      <div>
        <Button type="submit" variant="filled" loading={retry.isPending}>
          {t('imports.needs.submit')}
        </Button>
      </div>
    </form>
  );
}

/** The customers of the region that have an organization; the server searches. */
function CustomerChoice({
  region,
  value,
  error,
  onChange,
}: {
  region: RegionCode;
  value: OrgUuid | null;
  error: string | null;
  onChange: (orgUuid: OrgUuid | null) => void;
}) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), 150);
  const q = settled === chosen ? '' : settled;
  const customers = useQuery({
    ...customersQuery({
      filter: `region:${region} has:organization ${searchFilter(q)}`.trim(),
      sort: 'name',
      limit: 50,
    }),
    placeholderData: keepPreviousData,
  });
  const items = (customers.data?.items ?? []).flatMap(({ name, orgUuid }) =>
    orgUuid === null ? [] : { name, orgUuid },
  );
  return (
    <>
      <Select
        label={t('imports.needs.customer')}
        placeholder={t('imports.needs.customer.placeholder')}
        searchable
        data={items.map(({ name, orgUuid }) => ({ value: orgUuid, label: name }))}
        filter={({ options }) => options} // the server has filtered
        searchValue={typed}
        onSearchChange={setTyped}
        value={value}
        onChange={(selected) => {
          const item = items.find(({ orgUuid }) => orgUuid === selected);
          setChosen(item?.name ?? '');
          onChange(item?.orgUuid ?? null);
        }}
        nothingFoundMessage={
          customers.isPending
            ? t('state.loading')
            : t('imports.needs.customer.nothing', { region: regionLabels[region] })
        }
        error={error}
      />
      <InlineError error={customers.error} />
    </>
  );
}
