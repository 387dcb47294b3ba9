import { Button, NativeSelect } from '@mantine/core';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { IconFileUpload } from '@tabler/icons-react';
import { useRef } from 'react';
import { useText } from '../../../lib/i18n.ts';
import { headOf } from './file-head.ts';

/** The beginning of a file that somebody chose; each choice has a number of its own. */
export interface GivenHead {
  name: string;
  head: string;
  number: number;
}

/** A file at hand shows what its columns hold. Only its first rows are sent, and nothing of it is kept. */
export function GivenFile({
  file,
  region,
  regions,
  onRegion,
  onFile,
}: {
  file: GivenHead | undefined;
  region: RegionCode;
  regions: readonly RegionCode[];
  onRegion: (region: RegionCode) => void;
  onFile: (file: GivenHead) => void;
}) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const take = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    onFile({ name: chosen.name, head: await headOf(chosen), number: (file?.number ?? 0) + 1 });
  };
  return (
    <div className="mapping-given">
      <Button leftSection={<IconFileUpload size={16} stroke={1.6} />} onClick={() => input.current?.click()}>
        {t('mapping.given')}
      </Button>
      <NativeSelect
        aria-label={t('mapping.given.region')}
        value={region}
        data={regions.map((code) => ({ value: code, label: regionLabels[code] }))}
        onChange={({ currentTarget }) => {
          const found = regions.find((code) => code === currentTarget.value);
          if (found !== undefined) onRegion(found);
        }}
      />
      <p className="quiet wrap">
        {file === undefined ? t('mapping.given.hint') : t('mapping.given.file', { name: file.name })}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('mapping.given')}
        accept=".csv,.txt,text/csv"
        onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0]);
          currentTarget.value = ''; // the same file may be chosen again
        }}
      />
    </div>
  );
}
