import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { useText } from '../../lib/i18n.ts';

/** Takes one file by drop, click or keyboard. */
export function FileDrop({ hint, onFile }: { hint: string; onFile: (file: File) => void }) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const file = event.dataTransfer.files.item(0);
    if (file !== null) onFile(file);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a file is dropped here; the button in it does the same by keyboard
    <section
      className="record-drop"
      aria-label={t('records.choose')}
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
      <IconFileUpload size={24} stroke={1.3} aria-hidden="true" />
      <p className="strong">
        {t('records.drop')}{' '}
        <button type="button" className="toast-action" data-autofocus onClick={() => input.current?.click()}>
          {t('records.choose')}
        </button>
      </p>
      <p className="help">{hint}</p>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('records.choose')}
        accept=".csv,.tsv,.txt,.json,text/csv,application/json"
        onChange={(event) => {
          const file = event.currentTarget.files?.item(0);
          event.currentTarget.value = ''; // the same file may be chosen again, mended
          if (file !== null && file !== undefined) onFile(file);
        }}
      />
    </section>
  );
}
