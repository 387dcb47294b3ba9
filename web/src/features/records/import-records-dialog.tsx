import { Button } from '@mantine/core';
import type { ReplyOf } from '@hub/contract/endpoint';
import { type importRecords, recordBytesMaximum, RecordKind, recordRowsMaximum } from '@hub/contract/record-imports';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Glyph, State } from '../../ui/glyph.tsx';
import { InlineError } from '../../ui/states.tsx';
import './records.css';
import { exampleAddress } from './example-csv.ts';
import { FileDrop } from './file-drop.tsx';
import { useImportRecords } from './queries.ts';
import { RejectionTable } from './rejection-table.tsx';

type Result = ReplyOf<typeof importRecords>;

/** Customers, subscriptions, trials, sign-ins, orders or invoices from a CSV or JSON: first looked at, then taken in. */
export function ImportRecordsDialog({ onClose }: { onClose: () => void }) {
  const { t, f } = useText();
  useReturnFocus();
  const [file, setFile] = useState<File | null>(null);
  const [isTooLarge, setIsTooLarge] = useState(false);
  const run = useImportRecords();
  const take = (chosen: File) => {
    setFile(chosen);
    setIsTooLarge(chosen.size > recordBytesMaximum);
    run.reset();
    if (chosen.size <= recordBytesMaximum) run.mutate({ file: chosen, isTrial: true });
  };
  const result = run.data;
  const enters = result === undefined ? 0 : result.created + result.changed;
  const isDone = result !== undefined && !result.isTrial;
  return (
    <Dialog title={t('records.title')} onClose={onClose} isHeld={run.isPending}>
      <div className="stack records">
        {isDone ? null : (
          <FileDrop
            hint={t('records.drop.hint', { rows: recordRowsMaximum, limit: f.bytes(recordBytesMaximum) })}
            onFile={take}
          />
        )}
        {file === null ? <Examples /> : <p className="strong wrap">{file.name}</p>}
        {file !== null && isTooLarge ? (
          <p className="notice" role="alert">
            {t('records.tooLarge', { bytes: f.bytes(file.size), limit: f.bytes(recordBytesMaximum) })}
          </p>
        ) : null}
        <div aria-live="polite">
          {run.isPending ? (
            <State glyph="running" word={t(run.variables.isTrial ? 'records.checking' : 'records.importing')} />
          ) : null}
          {result === undefined || run.isPending ? null : <Outcome result={result} />}
        </div>
        <InlineError error={run.error} />
        {result === undefined || result.rejected === 0 || run.isPending ? null : (
          <RejectionTable rejections={result.rejections} total={result.rejected} />
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t(isDone ? 'action.close' : 'action.cancel')}</Button>
          {file === null || result === undefined || !result.isTrial || enters === 0 ? null : (
            <Button variant="filled" loading={run.isPending} onClick={() => run.mutate({ file, isTrial: false })}>
              {t('records.import', { count: enters })}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Examples() {
  const { t } = useText();
  return (
    <div>
      <p className="help">{t('records.examples')}</p>
      <ul className="record-examples">
        {RecordKind.options.map((kind) => (
          <li key={kind}>
            <a href={exampleAddress(kind)} download={`${kind.replace('_', '-')}-example.csv`} className="with-icon">
              <IconDownload size={16} stroke={1.6} aria-hidden="true" />
              {t(`records.kind.${kind}`)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What the file is, and what becomes of its rows: read = new + changed + unchanged + rejected. */
function Outcome({ result }: { result: Result }) {
  const { t, f } = useText();
  const { kind, isTrial, read, created, changed, unchanged, rejected, deletedBefore, ignoredColumns } = result;
  const counts = [
    ['records.created', created],
    ['records.changed', changed],
    ['records.unchanged', unchanged],
    ['records.rejected', rejected],
  ] as const;
  return (
    <div className="stack">
      {isTrial ? (
        <p>{t('records.looked', { kind: t(`records.kind.${kind}`), count: read })}</p>
      ) : (
        <State glyph="done" word={t('records.done', { kind: t(`records.kind.${kind}`), count: read })} />
      )}
      <dl className="record-counts">
        {counts.map(([id, count]) => (
          <div key={id}>
            <dt>{t(id)}</dt>
            <dd className={id === 'records.rejected' && count > 0 ? 'num bad strong' : 'num'}>{f.number(count)}</dd>
          </div>
        ))}
      </dl>
      {isTrial && created + changed === 0 ? <p className="quiet">{t('records.nothing')}</p> : null}
      {deletedBefore === 0 ? null : (
        <p className="notice">
          <Glyph name="late" />
          <span>{t('records.deletedBefore', { count: deletedBefore })}</span>
        </p>
      )}
      {ignoredColumns.length === 0 ? null : (
        <p className="help wrap">{t('records.ignored', { columns: f.list(ignoredColumns) })}</p>
      )}
    </div>
  );
}
