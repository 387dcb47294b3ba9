import { NativeSelect } from '@mantine/core';
import type { Conversion, MappingField } from '@hub/contract/import-mappings';
import type { ReactNode } from 'react';
import { useText } from '../../../lib/i18n.ts';
import { KnownOptions } from './known-options.tsx';
import { answerIn, withAnswer, withWord, wordIn } from './value-words.ts';

interface Props {
  field: MappingField;
  /** All different values of the column. */
  values: readonly string[];
  value: Conversion | undefined;
  onChange: (value: Conversion | undefined) => void;
}

/** Each value of the column, and whether it says yes. */
export function YesOrNo({ field, values, value, onChange }: Props) {
  const { t } = useText();
  return (
    <Meanings
      field={field}
      values={values}
      meaningOf={(theirs) => answerIn(value, theirs)}
      onMeaning={(theirs, means) => {
        if (means === 'yes' || means === 'no') onChange(withAnswer(value, values, { theirs, means }));
      }}
    >
      <option value="yes">{t('mapping.meaning.yes')}</option>
      <option value="no">{t('mapping.meaning.no')}</option>
    </Meanings>
  );
}

/** Each value of the column, and which of the words that the field can have it means. */
export function KnownWords({ field, values, value, onChange }: Props) {
  return (
    <Meanings
      field={field}
      values={values}
      meaningOf={(theirs) => wordIn(value, theirs, field.words)}
      onMeaning={(theirs, ours) => onChange(withWord(value, theirs, ours))}
    >
      <KnownOptions words={field.words} />
    </Meanings>
  );
}

function Meanings({
  field,
  values,
  meaningOf,
  onMeaning,
  children,
}: Pick<Props, 'field' | 'values'> & {
  meaningOf: (theirs: string) => string | undefined;
  onMeaning: (theirs: string, meaning: string) => void;
  /** What a value can mean, as options. */
  children: ReactNode;
}) {
  const { t } = useText();
  return (
    <ul className="mapping-meanings">
      {values.map((theirs) => {
        const meaning = meaningOf(theirs);
        return (
          <li key={theirs}>
            <span className="mono wrap" lang="">
              {theirs}
            </span>
            <NativeSelect
              aria-label={t('mapping.meaning.of', { value: theirs, field: field.header })}
              value={meaning ?? ''}
              onChange={({ currentTarget }) => onMeaning(theirs, currentTarget.value)}
            >
              {meaning === undefined ? <option value="">{t('mapping.meaning.none')}</option> : null}
              {children}
            </NativeSelect>
          </li>
        );
      })}
    </ul>
  );
}
