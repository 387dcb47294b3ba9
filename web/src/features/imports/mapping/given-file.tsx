import { Button, NativeSelect } from '@mantine/core';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { IconFileUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useText } from '../../../lib/i18n.ts';
import { Glyph } from '../../../ui/glyph.tsx';
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
  const [gone, setGone] = useState<string | undefined>();
  const take = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const head = await headOf(chosen).catch(() => undefined); // it may be gone from its disk by now
    setGone(head === undefined ? chosen.name : undefined);
    if (head !== undefined) onFile({ name: chosen.name, head, number: (file?.number ?? 0) + 1 });
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
      {gone === undefined ? null : (
        <p className="with-icon wrap" role="alert">
          <Glyph name="failed" />
          {t('mapping.given.gone', { name: gone })}
        </p>
      )}
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
