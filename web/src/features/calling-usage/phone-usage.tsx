import type { CallingUsageRow, MeasureCells } from '@hub/contract/calling-usage';
import type { RegionCode } from '@hub/contract/regions';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { RowList } from '../../ui/row-list.tsx';
import { rowKey } from './measure-words.ts';
import type { Range } from './range.ts';
import { UsageLines, UsageTotalLines } from './usage-lines.tsx';

/** Totals and rows on a phone, each opened by itself. */
export function PhoneUsage({
  totalsName,
  totals,
  rows,
  region,
  range,
  onEnd,
}: {
  totalsName: string;
  totals: MeasureCells;
  rows: readonly CallingUsageRow[];
  region: RegionCode;
  range: Range;
  onEnd: () => void;
}) {
  const { t } = useText();
  const [opened, setOpened] = useState<readonly string[]>([]);
  const toggle = (key: string) =>
    setOpened(opened.includes(key) ? opened.filter((other) => other !== key) : [...opened, key]);
  return (
    <>
      <UsageTotalLines name={totalsName} totals={totals} isOpen={opened.includes('')} onToggle={() => toggle('')} />
      <RowList
        name={t('usage.table')}
        rows={rows}
        rowKey={rowKey}
        rowHeight={105}
        row={(row) => (
          <UsageLines
            row={row}
            region={region}
            range={range}
            isOpen={opened.includes(rowKey(row))}
            onToggle={() => toggle(rowKey(row))}
          />
        )}
        onEnd={onEnd}
      />
    </>
  );
}
