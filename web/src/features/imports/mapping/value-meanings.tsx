import { NativeSelect } from '@mantine/core';
import type { Conversion, MappingField } from '@hub/contract/import-mappings';
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
    <ul className="mapping-meanings">
      {values.map((theirs) => (
        <li key={theirs}>
          <span className="mono wrap" lang="">
            {theirs}
          </span>
          <NativeSelect
            aria-label={t('mapping.meaning.of', { value: theirs, field: field.header })}
            value={answerIn(value, theirs) ?? ''}
            onChange={({ currentTarget }) => {
              const chosen = currentTarget.value;
              if (chosen === 'yes' || chosen === 'no') onChange(withAnswer(value, values, { theirs, means: chosen }));
            }}
          >
            {answerIn(value, theirs) === undefined ? <option value="">{t('mapping.meaning.none')}</option> : null}
            <option value="yes">{t('mapping.meaning.yes')}</option>
            <option value="no">{t('mapping.meaning.no')}</option>
          </NativeSelect>
        </li>
      ))}
    </ul>
  );
}

/** Each value of the column, and which of the words that the field can have it means. */
export function KnownWords({ field, values, value, onChange }: Props) {
  const { t } = useText();
  return (
    <ul className="mapping-meanings">
      {values.map((theirs) => {
        const ours = wordIn(value, theirs, field.words);
        return (
          <li key={theirs}>
            <span className="mono wrap" lang="">
              {theirs}
            </span>
            <NativeSelect
              aria-label={t('mapping.meaning.of', { value: theirs, field: field.header })}
              value={ours ?? ''}
              onChange={({ currentTarget }) => onChange(withWord(value, theirs, currentTarget.value))}
            >
              {ours === undefined ? <option value="">{t('mapping.meaning.none')}</option> : null}
              <KnownOptions words={field.words} />
            </NativeSelect>
          </li>
        );
      })}
    </ul>
  );
}
