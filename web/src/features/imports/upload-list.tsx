import { Button } from '@mantine/core';
import { importBytesLimit } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import { now } from '../../lib/clock.ts';
import { durationText } from '../../lib/duration.ts';
import { useText } from '../../lib/i18n.ts';
import { CapacityBar } from '../../ui/capacity-bar.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { InlineError } from '../../ui/states.tsx';
import { Measures } from './measures.tsx';
import {
  dropOpenUploads,
  dropUpload,
  retryFailedUploads,
  retryUpload,
  type Upload,
  type UploadQueue,
} from './upload-queue.ts';

/** As many cards of each kind as fit a page; the rest is counted. */
const failedShown = 10;
const waitingShown = 3;

export function UploadList({ queue: { uploads, stored } }: { queue: UploadQueue }) {
  const { t } = useText();
  const sending = uploads.filter(({ state }) => state === 'sending');
  const failed = uploads.filter(({ state }) => state === 'failed' || state === 'refused');
  const waiting = uploads.filter(({ state }) => state === 'waiting');
  const shown = [...sending, ...failed.slice(0, failedShown), ...waiting.slice(0, waitingShown)];
  const hidden = uploads.length - shown.length;
  return (
    <>
      {uploads.length > 1 ? (
        <QueueSummary left={sending.length + waiting.length} failed={failed} stored={stored} />
      ) : null}
      {shown.map((upload) => (
        <UploadCard key={upload.key} upload={upload} />
      ))}
      {hidden > 0 ? <p className="quiet">{t('upload.queue.more', { count: hidden })}</p> : null}
      {sending.length > 0 ? <p className="help">{t('imports.leaveUpload')}</p> : null}
    </>
  );
}

function QueueSummary({ left, failed, stored }: { left: number; failed: readonly Upload[]; stored: number }) {
  const { t } = useText();
  const mayRetry = failed.filter(({ state }) => state === 'failed').length > 1;
  return (
    <div className="work-head">
      <p className="grow" aria-live="polite">
        {left > 0 ? (
          <span className="strong num">
            {t('upload.queue', { left, done: stored, total: left + failed.length + stored })}
          </span>
        ) : null}{' '}
        {failed.length > 0 ? <span className="num">{t('upload.queue.failed', { count: failed.length })}</span> : null}
      </p>
      {mayRetry ? <Button onClick={retryFailedUploads}>{t('upload.queue.retry')}</Button> : null}
      {left > 1 ? <Button onClick={dropOpenUploads}>{t('upload.queue.cancel')}</Button> : null}
    </div>
  );
}

function UploadCard({ upload }: { upload: Upload }) {
  const { t, f } = useText();
  const { file, region, state } = upload;
  const hasFailed = state === 'failed' || state === 'refused';
  const size = f.bytes(file.size);
  return (
    <div className="work">
      <div className="work-head">
        <Glyph name={hasFailed ? 'failed' : state === 'waiting' ? 'dotted' : 'running'} />
        <h2 className="wrap">{file.name}</h2>
        <span className="quiet grow">
          {hasFailed ? t('upload.failed') : t('upload.title', { region: regionLabels[region] })}, {size}
        </span>
        {state === 'failed' ? <Button onClick={() => retryUpload(upload.key)}>{t('action.retry')}</Button> : null}
        <Button onClick={() => dropUpload(upload.key)}>{t(hasFailed ? 'upload.dismiss' : 'upload.cancel')}</Button>
      </div>
      {state === 'waiting' ? <p className="help">{t('upload.waiting')}</p> : null}
      {state === 'failed' ? <InlineError error={upload.error} /> : null}
      {state === 'refused' ? (
        <p className="inline-error" role="alert">
          {upload.refusedAs === 'empty'
            ? t('upload.empty')
            : t('upload.tooLarge', { bytes: size, limit: f.bytes(importBytesLimit) })}
        </p>
      ) : null}
      {state === 'sending' ? <Sending upload={upload} /> : null}
      {state === 'sending' && upload.isWaitingForNetwork ? <p className="help">{t('upload.waitsForNetwork')}</p> : null}
    </div>
  );
}

function Sending({ upload }: { upload: Upload }) {
  const { t, f } = useText();
  const { file, sentBytes, startedAt, startedBytes } = upload;
  const share = file.size === 0 ? 0 : Math.min(1, sentBytes / file.size);
  const seconds = startedAt === null ? 0 : (now() - startedAt) / 1000;
  const rate = seconds > 0.5 ? (sentBytes - startedBytes) / seconds : null;
  const bytes = t('progress.bytes', { done: f.bytes(sentBytes), total: f.bytes(file.size) });
  return (
    <>
      <CapacityBar used={share} assigned={0} label={bytes} />
      <Measures
        items={[
          { label: t('progress.rate'), value: rate === null ? null : f.bytes(rate), unit: '/s' },
          {
            label: t('progress.timeLeft'),
            value: rate === null || rate === 0 ? null : durationText((file.size - sentBytes) / rate, t),
          },
          { label: t('progress.elapsed'), value: durationText(seconds, t) },
          { label: t('progress.done'), value: f.decimal(share * 100), unit: '%' },
        ]}
      />
      <p className="help num">{bytes}</p>
    </>
  );
}
