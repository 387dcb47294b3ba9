import { NativeSelect } from '@mantine/core';
import { importBytesLimit } from '@hub/contract/imports';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { droppedFiles, filesOfFolder } from './dropped-files.ts';
import { SampleFiles } from './sample-files.tsx';

/** Takes files by drop, click or keyboard, for the region that stands in it. */
export function DropZone({
  region,
  regions,
  onRegion,
  onFiles,
}: {
  region: RegionCode;
  regions: readonly RegionCode[];
  onRegion: (region: RegionCode) => void;
  onFiles: (files: File[]) => void;
}) {
  const { t, f } = useText();
  const input = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement | null>(null);
  const [isOver, setIsOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void droppedFiles(event.dataTransfer).then(onFiles);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- files are dropped here; the button in it does the same by keyboard
    <section
      className="drop-zone"
      aria-label={t('palette.upload')}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null))
          setIsOver(false);
      }}
      onDrop={drop}
    >
      <IconFileUpload size={28} stroke={1.3} className="drop-icon" aria-hidden="true" />
      <div className="drop-words">
        <p className="strong" aria-live="polite">
          {isOver ? (
            t('imports.drop.now', { region: regionLabels[region] })
          ) : (
            <>
              {t('imports.drop')}{' '}
              <button type="button" className="linklike" onClick={() => input.current?.click()}>
                {t('imports.choose')}
              </button>{' '}
              {t('imports.drop.or')}{' '}
              <button type="button" className="linklike" onClick={() => folder.current?.click()}>
                {t('imports.chooseFolder')}
              </button>
            </>
          )}
        </p>
        <p className="quiet">{t('imports.drop.hint', { limit: f.bytes(importBytesLimit) })}</p>
        <SampleFiles region={region} />
      </div>
      <NativeSelect
        className="drop-region"
        label={t('imports.region')}
        value={region}
        onChange={(event) => {
          const chosen = regions.find((code) => code === event.currentTarget.value);
          if (chosen !== undefined) onRegion(chosen);
        }}
        data={regions.map((code) => ({ value: code, label: regionLabels[code] }))}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".csv,.json,.jsonl,.ndjson,.txt,.gz,.zip,text/csv,application/json"
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = ''; // the same file may be chosen again
        }}
      />
      <input
        ref={(element) => {
          folder.current = element;
          element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        onChange={(event) => {
          onFiles(filesOfFolder(event.currentTarget.files));
          event.currentTarget.value = '';
        }}
      />
    </section>
  );
}
