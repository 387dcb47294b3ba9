import { zodResolver } from '@hookform/resolvers/zod';
import { Button, TextInput } from '@mantine/core';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { FeedCode } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import {
  keptDaysMaximum,
  keptDaysMinimum,
  type previewRetention,
  type Retention,
  type RetentionChange,
} from '@hub/contract/retention';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { useChangeRetention, usePreviewRetention } from './retention-queries.ts';

const limits = { min: keptDaysMinimum, max: keptDaysMaximum };

const Days = z
  .string()
  .trim()
  .refine(
    (text) =>
      text === '' || (/^\d{1,4}$/.test(text) && Number(text) >= keptDaysMinimum && Number(text) <= keptDaysMaximum),
  );
const Form = z.record(z.string(), Days);

const textOf = (days: number | null): string => (days === null ? '' : String(days));
const daysOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

interface Asked {
  changes: RetentionChange[];
  outlook: ReplyOf<typeof previewRetention>;
}

/** A field for each feed. What would go is told in numbers before it is saved. */
export function RetentionForm({ region, rules }: { region: RegionCode; rules: Retention['rules'] }) {
  const { t, f } = useText();
  const preview = usePreviewRetention();
  const change = useChangeRetention();
  const [asked, setAsked] = useState<Asked>();
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(Form),
    values: Object.fromEntries(rules.map(({ feed, days }) => [feed, textOf(days)])),
  });
  const save = (changes: RetentionChange[]): void =>
    change.mutate(changes, {
      onSuccess: () => {
        setAsked(undefined);
        toast({ title: t('state.saved'), body: t('settings.retention.saved') });
      },
    });
  const submit = handleSubmit((values) => {
    const changes = rules.map(({ feed }) => ({ region, feed, days: daysOf(values[feed] ?? '') }));
    preview.mutate(changes, {
      onSuccess: (outlook) => {
        change.reset();
        if (outlook.removes.length === 0 && outlook.unavailable.length === 0) save(changes);
        else setAsked({ changes, outlook });
      },
    });
  });
  const hintOf = ({ usualDays, firstDay }: Retention['rules'][number]): string => {
    const now =
      firstDay === null ? t('settings.retention.forever') : t('settings.retention.from', { day: f.date(firstDay) });
    return usualDays === null ? now : `${now} · ${t('settings.retention.usual', { count: usualDays })}`;
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <p className="help">{t('settings.retention.field')}</p>
      {rules.map((rule) => (
        <TextInput
          key={rule.feed}
          {...register(rule.feed)}
          label={t(`feed.${rule.feed}`)}
          description={hintOf(rule)}
          inputMode="numeric"
          autoComplete="off"
          error={formState.errors[rule.feed] === undefined ? null : t('settings.retention.fault', limits)}
        />
      ))}
      <InlineError error={preview.error ?? (asked === undefined ? change.error : null)} />
      <div>
        <Button type="submit" loading={preview.isPending || change.isPending}>
          {t('action.save')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={asked !== undefined}
        title={t('settings.retention.confirm.title', { region: t(`region.${region}`) })}
        confirm={t('settings.retention.confirm')}
        isBusy={change.isPending}
        error={change.error}
        onConfirm={() => save(asked?.changes ?? [])}
        onClose={() => setAsked(undefined)}
      >
        {asked === undefined ? null : <Outlook {...asked.outlook} />}
      </ConfirmDialog>
    </form>
  );
}

function Outlook({ removes, unavailable }: Asked['outlook']) {
  const { t, f } = useText();
  return (
    <>
      {removes.length === 0 ? null : <p>{t('settings.retention.confirm.body')}</p>}
      <ul className="plain-list">
        {removes.map(({ feed, rows, firstDay }) => (
          <li key={feed}>
            {t('settings.retention.confirm.rows', {
              feed: t(`feed.${feed satisfies FeedCode}`),
              rows,
              day: f.date(firstDay),
            })}
          </li>
        ))}
        {unavailable.map((region) => (
          <li key={region}>{t('settings.retention.confirm.unknown', { region: t(`region.${region}`) })}</li>
        ))}
      </ul>
    </>
  );
}
