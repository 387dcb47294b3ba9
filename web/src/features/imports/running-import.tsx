import type { ImportBatch } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import { useState } from 'react';
import { now } from '../../lib/clock.ts';
import { durationText } from '../../lib/duration.ts';
import { useText } from '../../lib/i18n.ts';
import { CapacityBar } from '../../ui/capacity-bar.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import { CancelButton } from './cancel-button.tsx';
import { Measures } from './measures.tsx';

const samplesKept = 60;

/** One import under way: how far, how fast, how long still. Moves by what the server has done, never by itself. */
export function RunningImport({ batch, mayCancel }: { batch: ImportBatch; mayCancel: boolean }) {
  const { t, f } = useText();
  const { progress } = batch;
  const share =
    progress === null || progress.bytesTotal === 0 ? 0 : Math.min(1, progress.bytesDone / progress.bytesTotal);
  const rates = useRates(progress?.rowsPerSecond ?? null, progress?.rowsDone ?? 0);
  const elapsed = batch.startedAt === null ? null : (now() - Date.parse(batch.startedAt)) / 1000;
  const facts = [
    batch.feed === null ? null : t(`feed.${batch.feed}`),
    regionLabels[batch.region],
    batch.fileBytes > 0 ? f.bytes(batch.fileBytes) : null,
  ].filter((fact) => fact !== null);
  return (
    <section className="work" aria-label={t('batch.title', { number: `B-${batch.number}` })}>
      <div className="work-head">
        <Glyph name={batch.state === 'queued' ? 'dotted' : 'running'} />
        <h2 className="wrap">{batch.fileName}</h2>
        <span className="quiet grow">{facts.join(', ')}</span>
        {mayCancel ? <CancelButton batch={batch} /> : null}
      </div>
      {batch.state === 'queued' ? (
        <p className="help">{t(batch.waitsFor === null ? 'imports.queued' : `imports.waits.${batch.waitsFor}`)}</p>
      ) : null}
      {batch.state === 'running' && progress !== null ? (
        <>
          <CapacityBar
            used={share}
            assigned={0}
            label={t('progress.summary', { number: `B-${batch.number}`, percent: f.decimal(share * 100) })}
          />
          <p className="work-legend">
            <span className="num">{t('progress.rows', { count: progress.rowsDone })}</span>
            <span className="quiet num">
              {t('progress.bytes', { done: f.bytes(progress.bytesDone), total: f.bytes(progress.bytesTotal) })}
            </span>
            <span className="quiet">{batch.stage === null ? null : t(`stage.${batch.stage}`)}</span>
          </p>
          <Measures
            items={[
              {
                label: t('progress.rate'),
                value: progress.rowsPerSecond === null ? null : f.number(Math.round(progress.rowsPerSecond)),
                unit: t('progress.rateUnit'),
              },
              {
                label: t('progress.timeLeft'),
                value: progress.secondsLeft === null ? null : durationText(progress.secondsLeft, t),
              },
              { label: t('progress.elapsed'), value: elapsed === null ? null : durationText(elapsed, t) },
              { label: t('progress.done'), value: f.decimal(Math.floor(share * 1000) / 10), unit: '%' },
            ]}
          >
            {rates.length > 2 ? (
              <Sparkline values={rates} label={t('progress.rateChart', { seconds: rates.length })} />
            ) : null}
          </Measures>
        </>
      ) : null}
    </section>
  );
}

/** The rates seen since this page looks on, one a poll. */
function useRates(rate: number | null, rowsDone: number): readonly number[] {
  const [seen, setSeen] = useState<{ rowsDone: number; rates: readonly number[] }>({ rowsDone: -1, rates: [] });
  if (rate !== null && rowsDone !== seen.rowsDone)
    setSeen({ rowsDone, rates: [...seen.rates, rate].slice(-samplesKept) });
  return seen.rates;
}
