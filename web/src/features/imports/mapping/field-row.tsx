import { Select, TextInput } from '@mantine/core';
import type { FieldSource, MappingField } from '@hub/contract/import-mappings';
import { useText } from '../../../lib/i18n.ts';
import { ConversionChoice } from './conversion-choice.tsx';
import { choiceOf, type Draft, nothing, oneValue, samplesOf, sourceOf } from './sources.ts';

/** One field of ours: which column it comes from, what stands there, and how that is read. */
export function FieldRow({
  draft,
  field,
  isNeeded,
  source,
  fault,
  zone,
  onChange,
}: {
  draft: Draft;
  field: MappingField;
  isNeeded: boolean;
  source: FieldSource | undefined;
  /** What the first rows say against it. */
  fault: string | undefined;
  zone: string;
  onChange: (source: FieldSource | undefined) => void;
}) {
  const { t } = useText();
  const choice = choiceOf(source);
  const single = draft.columns.map(({ name }) => ({ value: JSON.stringify([name]), label: name }));
  const joined = choice.startsWith('[') && !single.some(({ value }) => value === choice);
  const samples = samplesOf(draft, source);
  return (
    <tr>
      <th scope="row">
        <span className="mono" lang="en">
          {field.header}
        </span>
        {isNeeded ? <span className="quiet mapping-needed">{t('mapping.needed')}</span> : null}
      </th>
      <td>
        <Select
          aria-label={t('mapping.column.of', { field: field.header })}
          searchable
          limit={100}
          allowDeselect={false}
          data={[
            { value: nothing, label: t('mapping.column.none') },
            { value: oneValue, label: t('mapping.column.value') },
            ...(joined ? [{ value: choice, label: (JSON.parse(choice) as string[]).join(' + ') }] : []),
            ...single,
          ]}
          value={choice}
          // Names of a file's columns are in the language of the file.
          renderOption={({ option }) =>
            option.value.startsWith('[') ? <span lang="">{option.label}</span> : option.label
          }
          onChange={(chosen) => onChange(sourceOf(chosen ?? nothing, source))}
        />
        {source !== undefined && 'value' in source ? (
          <TextInput
            className="mapping-under"
            aria-label={t('mapping.value.of', { field: field.header })}
            maxLength={200}
            value={source.value}
            onChange={({ currentTarget }) => onChange({ value: currentTarget.value })}
          />
        ) : null}
      </td>
      <td className="mapping-samples">
        {samples.map((sample) => (
          <code key={sample} className="mono" title={sample} lang="">
            {sample}
          </code>
        ))}
      </td>
      <td className="mapping-conversion">
        {source !== undefined && 'columns' in source ? (
          <ConversionChoice key={choice} field={field} source={source} zone={zone} onChange={onChange} />
        ) : null}
        {fault === undefined ? null : <output className="mapping-fault wrap">{fault}</output>}
      </td>
    </tr>
  );
}
