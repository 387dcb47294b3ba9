import { CalendarDate } from '@hub/contract/ids';
import { type Trial, type TrialTerms, trialMaximumDays } from '@hub/contract/trials';
import { z } from 'zod';
import { addDays, daysUntil } from '../../lib/calendar.ts';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { ConflictField } from '../../ui/use-conflict.ts';
import { formLines, LineForms, linesText, termLines } from '../license-lines/index.ts';

/** The usual lengths in days; `date`: until a chosen day. */
export const Duration = z.enum(['30', '60', '90', 'date']);
export type Duration = z.infer<typeof Duration>;

const isDate = (text: string): boolean => CalendarDate.safeParse(text).success;

/** A trial as it is typed. */
export const TrialForm = z
  .object({
    reference: z.string().trim().max(100, 'long'),
    lines: LineForms.refine((lines) => lines.length > 0, 'required'),
    startsOn: z.string().refine(isDate, 'date'),
    duration: Duration,
    endsOn: z.string(),
  })
  .superRefine((form, context) => {
    for (const [index, { ordered }] of form.lines.entries())
      if (Number(ordered) < 1)
        context.addIssue({ code: 'custom', message: 'positive', path: ['lines', index, 'ordered'] });
    const endsOn = endOf(form);
    const fault = !isDate(endsOn)
      ? 'date'
      : endsOn < form.startsOn
        ? 'reversed'
        : daysUntil(form.startsOn, endsOn) > trialMaximumDays
          ? 'tooLong'
          : null;
    if (fault !== null && isDate(form.startsOn)) context.addIssue({ code: 'custom', message: fault, path: ['endsOn'] });
  });
export type TrialForm = z.input<typeof TrialForm>;

/** The same, which must not be over by `today`, unless that is the end that it has. */
export const trialFormOf = (today: string, { endsOn: kept }: { endsOn?: string } = {}) =>
  TrialForm.superRefine((form, context) => {
    const endsOn = endOf(form);
    if (isDate(endsOn) && endsOn < today && endsOn !== kept)
      context.addIssue({ code: 'custom', message: 'past', path: ['endsOn'] });
  });

/** The last day on which it runs: so many days after the first. */
export function endOf({ startsOn, duration, endsOn }: Pick<TrialForm, 'startsOn' | 'duration' | 'endsOn'>): string {
  if (duration === 'date') return endsOn;
  return isDate(startsOn) ? addDays(startsOn, Number(duration)) : '';
}

export function newTrial(today: string): TrialForm {
  return {
    reference: '',
    lines: [{ product: 'calling', ordered: '25', assigned: '' }],
    startsOn: today,
    duration: '90',
    endsOn: '',
  };
}

export function formOf({ reference, lines, startsOn, endsOn }: Trial): TrialForm {
  return { reference, lines: formLines(lines), startsOn, duration: 'date', endsOn };
}

export function termsOf(form: TrialForm): TrialTerms {
  return { startsOn: form.startsOn, endsOn: endOf(form), lines: termLines(form.lines) };
}

/** How a conflict tells each field. */
export function conflictFields(t: Translate, f: Format): ConflictField<TrialForm>[] {
  const day = (text: string): string => (isDate(text) ? f.date(text) : text);
  return [
    { label: t('lines.title'), names: ['lines'], text: (form) => linesText(form.lines, t, f) },
    { label: t('subs.startDate'), names: ['startsOn'], text: (form) => day(form.startsOn) },
    { label: t('subs.endDate'), names: ['duration', 'endsOn'], text: (form) => day(endOf(form)) },
  ];
}
