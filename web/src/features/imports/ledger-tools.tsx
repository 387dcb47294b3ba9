import { Button, NativeSelect } from '@mantine/core';
import { exportLedger, FeedCode, ImportState, LedgerSource } from '@hub/contract/imports';
import { IconDownload } from '@tabler/icons-react';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { isNarrowed, type LedgerFilter } from './queries.ts';

/** Narrows the ledger to a feed, a state or a source, and gives what is shown as a file. */
export function LedgerTools({ filter, onFilter }: { filter: LedgerFilter; onFilter: (change: LedgerFilter) => void }) {
  const { t } = useText();
  const choices = (all: string, values: readonly { value: string; label: string }[]) => [
    { value: '', label: all },
    ...values,
  ];
  return (
    <div className="ledger-tools">
      <NativeSelect
        aria-label={t('batch.feed')}
        value={filter.feed ?? ''}
        onChange={(event) => onFilter({ feed: FeedCode.safeParse(event.currentTarget.value).data })}
        data={choices(
          t('ledger.feed.all'),
          FeedCode.options.map((value) => ({ value, label: t(`feed.${value}`) })),
        )}
      />
      <NativeSelect
        aria-label={t('imports.col.state')}
        value={filter.state ?? ''}
        onChange={(event) => onFilter({ state: ImportState.safeParse(event.currentTarget.value).data })}
        data={choices(
          t('ledger.state.all'),
          ImportState.options.map((value) => ({ value, label: t(`imports.state.${value}`) })),
        )}
      />
      <NativeSelect
        aria-label={t('imports.col.source')}
        value={filter.source ?? ''}
        onChange={(event) => onFilter({ source: LedgerSource.safeParse(event.currentTarget.value).data })}
        data={choices(
          t('ledger.source.all'),
          LedgerSource.options.map((value) => ({ value, label: t(`source.${value}`) })),
        )}
      />
      {isNarrowed(filter) ? (
        <Button onClick={() => onFilter({ feed: undefined, state: undefined, source: undefined })}>
          {t('held.clear')}
        </Button>
      ) : null}
      <Button
        component="a"
        href={addressOf(exportLedger, { query: filter })}
        download
        leftSection={<IconDownload size={16} stroke={1.6} />}
      >
        {t('ledger.export')}
      </Button>
    </div>
  );
}
