import { exportCustomersInSteps } from '@hub/contract/customers';
import type { Given } from '../../lib/api.ts';
import { saveInSteps } from '../../lib/download.ts';
import { errorText } from '../../lib/error-text.ts';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import { progressToast } from '../../ui/progress-toast.tsx';
import { toast } from '../../ui/toast.tsx';

type Body = Given<typeof exportCustomersInSteps>['body'];

const patienceMilliseconds = 400; // a file that is there at once needs no bar

/** Saves a file of customers and tells at the corner how far it is, and what came of it. Goes on when the person leaves the list. */
export async function exportCustomers(
  body: Body,
  { count, t, f }: { count: number; t: Translate; f: Format },
): Promise<void> {
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
    progress.end();
  };
  const progress = progressToast({ title: t('export.count', { count }), onStop: stop });
  let reached = { rows: 0, of: count };
  let isWaiting = true;
  const tell = (): void =>
    progress.tell(
      reached.of === 0 ? 0 : reached.rows / reached.of,
      t('bulk.progress', { looked: reached.rows, total: reached.of }),
    );
  const patience = setTimeout(() => {
    isWaiting = false;
    tell();
  }, patienceMilliseconds);
  try {
    const name = await saveInSteps(
      exportCustomersInSteps,
      { body },
      {
        onStep: (step) => {
          reached = step;
          if (!isWaiting) tell();
        },
        signal: stopping.signal,
      },
    );
    toast({ title: t('export.done', { count: reached.rows }), body: name });
  } catch (error) {
    if (!stopping.signal.aborted) toast({ glyph: 'failed', title: t('error.title'), body: errorText(error, t, f) });
  } finally {
    clearTimeout(patience);
    progress.end();
  }
}
