import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Checkbox, NativeSelect, PasswordInput, Select, TextInput } from '@mantine/core';
import { type Connector, connectorDefaults, SnapshotKind, usualSnapshots } from '@hub/contract/connectors';
import { countryCodes, RegionCode } from '@hub/contract/regions';
import { useMemo } from 'react';
import { Controller, useForm, type UseFormReturn } from 'react-hook-form';
import { z } from 'zod';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { kindText } from './connector-words.ts';
import { useChangeConnector, useCreateConnector } from './queries.ts';

const whole = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/)
    .refine((text) => Number(text) >= least && Number(text) <= most);
const every = { min: 5, max: 1440 };
const back = { min: 0, max: 30 };
const Secret = z.string().trim().max(4000);

const Form = z.object({
  name: z.string().trim().min(1).max(60),
  /** keep: what is there stays. */
  kind: z.enum(['keep', 'token', 'refresh']),
  accessToken: Secret,
  clientId: Secret,
  clientSecret: Secret,
  refreshToken: Secret,
  region: RegionCode,
  everyMinutes: whole(every.min, every.max),
  backDays: whole(back.min, back.max),
  pullsUnlinked: z.boolean(),
  addsIn: z.string(),
  snapshots: z.array(SnapshotKind),
  baseUrl: z.string().trim().min(1).max(500),
  callsUrl: z.string().trim().min(1).max(500),
  otherDomains: z.string().max(2000),
});
type Values = z.infer<typeof Form>;

const secretsOf = { keep: [], token: ['accessToken'], refresh: ['clientId', 'clientSecret', 'refreshToken'] } as const;

const valuesOf = (connector: Connector | null, region: RegionCode): Values => ({
  name: connector?.name ?? '',
  kind: connector === null ? 'refresh' : 'keep',
  accessToken: '',
  clientId: '',
  clientSecret: '',
  refreshToken: '',
  region: connector?.region ?? region,
  everyMinutes: String(connector?.everyMinutes ?? connectorDefaults.everyMinutes),
  backDays: String(connector?.backDays ?? connectorDefaults.backDays),
  pullsUnlinked: connector?.pullsUnlinked ?? false,
  addsIn: connector?.addsIn ?? '',
  snapshots: connector?.snapshots ?? [...usualSnapshots],
  baseUrl: connector?.baseUrl ?? connectorDefaults.baseUrl,
  callsUrl: connector?.callsUrl ?? connectorDefaults.callsUrl,
  otherDomains: connector?.otherDomains.join(', ') ?? '',
});

const choicesOf = (values: Values) => ({
  name: values.name,
  region: values.region,
  everyMinutes: Number(values.everyMinutes),
  backDays: Number(values.backDays),
  pullsUnlinked: values.pullsUnlinked,
  addsIn: values.addsIn === '' ? null : values.addsIn,
  snapshots: values.snapshots,
  baseUrl: values.baseUrl,
  callsUrl: values.callsUrl,
  otherDomains: values.otherDomains.split(/[\s,]+/).filter((domain) => domain !== ''),
});

function credentialOf({ kind, accessToken, clientId, clientSecret, refreshToken }: Values) {
  if (kind === 'token') return { kind, accessToken };
  return { kind: 'refresh' as const, clientId, clientSecret, refreshToken };
}

/** A new connector, or one to be changed: its credential is entered and never shown. */
export function ConnectorDialog({ connector, onClose }: { connector: Connector | null; onClose: () => void }) {
  const { t } = useText();
  useReturnFocus();
  const { regions, partner } = useSession();
  const create = useCreateConnector();
  const change = useChangeConnector(connector?.id ?? ('' as Connector['id']));
  const form = useForm({ resolver: zodResolver(Form), defaultValues: valuesOf(connector, partner.homeRegion) });
  const { register, handleSubmit, formState } = form;
  const { errors } = formState;
  const submit = handleSubmit((values) => {
    const missing = secretsOf[values.kind].filter((name) => values[name] === '');
    for (const name of missing) form.setError(name, { type: 'required' });
    if (missing.length > 0) return;
    const onSuccess = (): void => {
      toast({ title: t(connector === null ? 'connectors.created' : 'state.saved', { name: values.name }) });
      onClose();
    };
    if (connector === null) create.mutate({ ...choicesOf(values), credential: credentialOf(values) }, { onSuccess });
    else
      change.mutate(
        {
          ...choicesOf(values),
          ...(values.kind === 'keep' ? {} : { credential: credentialOf(values) }),
          version: connector.version,
        },
        { onSuccess },
      );
  });
  return (
    <Dialog title={t(connector === null ? 'connectors.create' : 'connectors.edit.title')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          {...register('name')}
          label={t('common.name')}
          maxLength={60}
          data-autofocus
          error={errors.name === undefined ? null : t('error.required')}
        />
        <CredentialFields form={form} isNew={connector === null} />
        <NativeSelect
          {...register('region')}
          label={t('common.region')}
          description={t('connectors.region.hint')}
          data={regions.map((value) => ({ value, label: t(`region.${value}`) }))}
        />
        <TextInput
          {...register('everyMinutes')}
          label={t('connectors.everyMinutes')}
          inputMode="numeric"
          error={errors.everyMinutes === undefined ? null : t('settings.statuses.fault', every)}
        />
        <TextInput
          {...register('backDays')}
          label={t('connectors.backDays')}
          description={t('connectors.backDays.hint')}
          inputMode="numeric"
          error={errors.backDays === undefined ? null : t('settings.statuses.fault', back)}
        />
        <Snapshots form={form} />
        <Checkbox
          {...register('pullsUnlinked')}
          label={t('connectors.pullsUnlinked')}
          description={t('connectors.pullsUnlinked.hint')}
        />
        <AddsIn form={form} />
        <Addresses form={form} />
        <InlineError error={create.error ?? change.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={create.isPending || change.isPending}>
            {t(connector === null ? 'connectors.create.submit' : 'action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function CredentialFields({ form, isNew }: { form: UseFormReturn<Values>; isNew: boolean }) {
  const { t } = useText();
  const { register, watch, formState } = form;
  const kinds = isNew ? (['refresh', 'token'] as const) : (['keep', 'refresh', 'token'] as const);
  return (
    <>
      <NativeSelect
        {...register('kind')}
        label={t('connectors.credential')}
        description={t('connectors.credential.hint')}
        data={kinds.map((value) => ({ value, label: t(`connectors.credential.${value}`) }))}
      />
      {secretsOf[watch('kind')].map((name) => (
        <PasswordInput
          key={name}
          {...register(name)}
          label={t(`connectors.secret.${name}`)}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t('connectors.secret.show'), tabIndex: 0 }}
          error={formState.errors[name] === undefined ? null : t('error.required')}
        />
      ))}
    </>
  );
}

function Snapshots({ form }: { form: UseFormReturn<Values> }) {
  const { t } = useText();
  return (
    <Controller
      control={form.control}
      name="snapshots"
      render={({ field }) => (
        <Checkbox.Group
          label={t('connectors.snapshots')}
          description={t('connectors.snapshots.hint')}
          value={field.value}
          onChange={field.onChange}
        >
          <div className="stack">
            {SnapshotKind.options.map((kind) => (
              <Checkbox key={kind} value={kind} label={kindText(kind, t)} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    />
  );
}

function AddsIn({ form }: { form: UseFormReturn<Values> }) {
  const { t, f } = useText();
  const countries = useMemo(
    () =>
      countryCodes.map((value) => ({ value, label: f.country(value) })).toSorted((a, b) => f.compare(a.label, b.label)),
    [f],
  );
  return (
    <Controller
      control={form.control}
      name="addsIn"
      render={({ field }) => (
        <Select
          label={t('connectors.addsIn')}
          description={t('connectors.addsIn.hint')}
          placeholder={t('connectors.addsIn.none')}
          data={countries}
          value={field.value === '' ? null : field.value}
          onChange={(value) => field.onChange(value ?? '')}
          onBlur={field.onBlur}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('connectors.addsIn.none') }}
        />
      )}
    />
  );
}

function Addresses({ form: { register, formState } }: { form: UseFormReturn<Values> }) {
  const { t } = useText();
  const { errors } = formState;
  return (
    <>
      <TextInput
        {...register('baseUrl')}
        label={t('connectors.baseUrl')}
        type="url"
        error={errors.baseUrl === undefined ? null : t('error.required')}
      />
      <TextInput
        {...register('callsUrl')}
        label={t('connectors.callsUrl')}
        type="url"
        error={errors.callsUrl === undefined ? null : t('error.required')}
      />
      <TextInput
        {...register('otherDomains')}
        label={`${t('connectors.otherDomains')} (${t('common.optional')})`}
        description={t('connectors.otherDomains.hint')}
      />
    </>
  );
}
