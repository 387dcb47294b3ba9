import type { ImportBatch } from '@hub/contract/imports';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useSession } from '../sessions/index.ts';
import { problemText } from '../../lib/error-text.ts';
import { type Format } from '../../lib/format.ts';
import { type Translate, useText } from '../../lib/i18n.ts';
import { toast } from '../../ui/toast.tsx';
import { takeAwaited } from './awaited-imports.ts';
import { needsOf } from './needs.ts';
import { importsQuery, isUnderway } from './queries.ts';

/** From any page: tells when an import has ended, and lets every number that it changes be asked anew. */
export function useImportWatch(): void {
  const { t, f } = useText();
  const client = useQueryClient();
  const { may } = useSession();
  const { data } = useQuery({ ...importsQuery, enabled: may('imports.read') });
  const underway = useRef(new Set<string>());
  useEffect(() => {
    if (data === undefined) return;
    const ended = data.items.filter((batch) => {
      if (isUnderway(batch)) return false;
      const isOurs = takeAwaited(batch.id);
      return isOurs || underway.current.has(batch.id);
    });
    underway.current = new Set(data.items.filter(isUnderway).map((batch) => batch.id));
    // Of many that end together the page of imports tells better.
    for (const batch of ended.slice(0, toldAtOnce)) tell(batch, t, f);
    // A failed one is a reason of its own why something is empty.
    if (ended.length > 0) void client.invalidateQueries({ queryKey: ['freshness'] });
    if (ended.some((batch) => batch.state === 'committed')) {
      for (const queryKey of [['usage'], ['legs'], ['held'], ['session'], ['customers']])
        void client.invalidateQueries({ queryKey });
    }
  }, [data, client, t, f]);
}

const toldAtOnce = 3;

function tell(batch: ImportBatch, t: Translate, f: Format): void {
  const name = batch.fileName;
  if (batch.state === 'failed') {
    const body = batch.failure === null ? undefined : problemText(batch.failure, t, f);
    toast({
      ...(needsOf(batch) === undefined
        ? { glyph: 'failed', title: t('toast.failed', { name }) }
        : { glyph: 'late', title: t('toast.needs', { name }) }),
      ...(body === undefined ? {} : { body }),
    });
  } else if (batch.state === 'canceled') {
    toast({ glyph: 'struck', title: t('toast.canceled', { name }) });
  } else if (batch.format === 'zip') {
    const count = Number(batch.notes.find(({ code }) => code === 'unpacked')?.data['files'] ?? 0);
    toast({ glyph: 'done', title: t('toast.unpacked', { name }), body: t('toast.unpacked.body', { count }) });
  } else if (batch.counts !== null) {
    const { rejected, held } = batch.counts;
    toast({
      glyph: rejected > 0 ? 'warning' : 'done',
      title: t('toast.committed', { name }),
      body: t('toast.committed.body', { count: batch.counts.new, rejected, held }),
    });
  }
}
