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
import { dropUpload, retryUpload, type Upload } from './upload-queue.ts';

export function UploadList({ uploads }: { uploads: readonly Upload[] }) {
  const { t } = useText();
  const isSending = uploads.some((upload) => upload.state === 'sending');
  return (
    <>
      {uploads.map((upload) => (
        <UploadCard key={upload.key} upload={upload} />
      ))}
      {isSending ? <p className="help">{t('imports.leaveUpload')}</p> : null}
    </>
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
    </div>
  );
}

function Sending({ upload }: { upload: Upload }) {
  const { t, f } = useText();
  const { file, sentBytes, startedAt } = upload;
  const share = file.size === 0 ? 0 : Math.min(1, sentBytes / file.size);
  const seconds = startedAt === null ? 0 : (now() - startedAt) / 1000;
  const rate = seconds > 0.5 ? sentBytes / seconds : null;
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
