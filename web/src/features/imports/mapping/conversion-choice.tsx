import { Button, NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import type { Conversion, FieldSource, MappingField } from '@hub/contract/import-mappings';
import { useMemo, useState } from 'react';
import { useText } from '../../../lib/i18n.ts';
import { conversionOf, withConversion, wordLines, wordsOf } from './sources.ts';
import { KnownWords, YesOrNo } from './value-meanings.tsx';

type Time = Extract<Conversion, { kind: 'time' }>;
type Unit = Extract<Conversion, { kind: 'unit' }>;
type Flag = Extract<Conversion, { kind: 'flag' }>;

interface Props {
  field: MappingField;
  source: FieldSource;
  /** All different values of its column, where they are few. */
  values: readonly string[];
  /** Of the partner, for times that name none. */
  zone: string;
  onChange: (source: FieldSource) => void;
}

/** How the texts of a column are read: in what form, of which zone, in which unit, and which words mean yes. */
export function ConversionChoice({ field, source, values, zone, onChange }: Props) {
  const { t } = useText();
  const conversion = conversionOf(source);
  const change = (next: Conversion | undefined): void => onChange(withConversion(source, next));
  switch (field.kind) {
    case 'time':
    case 'day':
      return (
        <TimeChoice
          field={field}
          zone={zone}
          value={conversion?.kind === 'time' ? conversion : undefined}
          onChange={change}
        />
      );
    case 'duration':
      return (
        <NativeSelect
          aria-label={t('mapping.unit.of', { field: field.header })}
          value={conversion?.kind === 'unit' ? conversion.unit : ''}
          data={[
            { value: '', label: t('mapping.unit.own') },
            ...(['milliseconds', 'seconds', 'minutes', 'hours'] as const).map((unit) => ({
              value: unit,
              label: t(`mapping.unit.${unit}`),
            })),
          ]}
          onChange={({ currentTarget }) =>
            change(currentTarget.value === '' ? undefined : { kind: 'unit', unit: currentTarget.value as Unit['unit'] })
          }
        />
      );
    case 'flag':
      return values.length > 0 ? (
        <YesOrNo field={field} values={values} value={conversion} onChange={change} />
      ) : (
        <FlagChoice field={field} value={conversion?.kind === 'flag' ? conversion : undefined} onChange={change} />
      );
    case 'text':
      return field.words.length > 0 && values.length > 0 ? (
        <KnownWords field={field} values={values} value={conversion} onChange={change} />
      ) : (
        <WordsChoice field={field} value={conversion} onChange={change} />
      );
    case 'id':
    case 'number':
      return null;
  }
}

function TimeChoice({
  field,
  zone,
  value,
  onChange,
}: {
  field: MappingField;
  zone: string;
  value: Time | undefined;
  onChange: (value: Time | undefined) => void;
}) {
  const { t } = useText();
  const zones = useMemo(
    () => [...new Set(['UTC', zone, value?.zone ?? zone, ...Intl.supportedValuesOf('timeZone')])],
    [zone, value?.zone],
  );
  const forms = ['iso', 'day_first', 'month_first', 'epoch', 'epoch_ms'] as const;
  const needsZone = value !== undefined && !value.form.startsWith('epoch') && field.kind === 'time';
  return (
    <>
      <NativeSelect
        aria-label={t('mapping.time.of', { field: field.header })}
        value={value?.form ?? ''}
        data={[
          { value: '', label: t('mapping.time.own') },
          ...forms.map((form) => ({ value: form, label: t(`mapping.time.${form}`) })),
        ]}
        onChange={({ currentTarget }) =>
          onChange(
            currentTarget.value === ''
              ? undefined
              : { kind: 'time', form: currentTarget.value as Time['form'], zone: value?.zone ?? zone },
          )
        }
      />
      {needsZone ? (
        <Select
          aria-label={t('mapping.zone.of', { field: field.header })}
          searchable
          limit={60}
          allowDeselect={false}
          data={zones}
          value={value.zone}
          onChange={(chosen) => onChange({ ...value, zone: chosen ?? value.zone })}
        />
      ) : null}
    </>
  );
}

function FlagChoice({
  field,
  value,
  onChange,
}: {
  field: MappingField;
  value: Flag | undefined;
  onChange: (value: Flag | undefined) => void;
}) {
  const { t } = useText();
  const [typed, setTyped] = useState(value?.words.join(', ') ?? '');
  const meaning = value?.meaning ?? 'yes';
  const give = (words: string, means: Flag['meaning']): void => {
    setTyped(words);
    const list = words === '' && means === 'yes' ? [] : words.split(',').map((word) => word.trim());
    onChange(list.length === 0 ? undefined : { kind: 'flag', words: list.slice(0, 20), meaning: means });
  };
  return (
    <>
      <NativeSelect
        aria-label={t('mapping.flag.of', { field: field.header })}
        value={meaning}
        data={[
          { value: 'yes', label: t('mapping.flag.yes') },
          { value: 'no', label: t('mapping.flag.no') },
        ]}
        onChange={({ currentTarget }) => give(typed, currentTarget.value as Flag['meaning'])}
      />
      <TextInput
        aria-label={t('mapping.flag.words', { field: field.header })}
        placeholder="true"
        value={typed}
        onChange={({ currentTarget }) => give(currentTarget.value, meaning)}
      />
    </>
  );
}

function WordsChoice({
  field,
  value,
  onChange,
}: {
  field: MappingField;
  value: Conversion | undefined;
  onChange: (value: Conversion | undefined) => void;
}) {
  const { t } = useText();
  const [typed, setTyped] = useState(value?.kind === 'words' ? wordLines(value.words) : '');
  const [isOpen, setIsOpen] = useState(typed !== '');
  if (!isOpen)
    return (
      <Button
        size="compact-sm"
        onClick={() => setIsOpen(true)}
        aria-label={t('mapping.words.of', { field: field.header })}
      >
        {t('mapping.words')}
      </Button>
    );
  return (
    <Textarea
      aria-label={t('mapping.words.of', { field: field.header })}
      description={t('mapping.words.hint')}
      autosize
      minRows={2}
      maxRows={6}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        const words = wordsOf(currentTarget.value).slice(0, 50);
        onChange(words.length === 0 ? undefined : { kind: 'words', words });
      }}
    />
  );
}
