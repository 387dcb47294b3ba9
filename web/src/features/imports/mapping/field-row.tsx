import { NativeSelect, Select, TextInput } from '@mantine/core';
import type { FieldSource, MappingField } from '@hub/contract/import-mappings';
import { useText } from '../../../lib/i18n.ts';
import { ConversionChoice } from './conversion-choice.tsx';
import { KnownOptions } from './known-options.tsx';
import { choiceOf, type Draft, nothing, oneValue, samplesOf, sourceOf, valuesOf } from './sources.ts';

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
  const columns = source !== undefined && 'columns' in source ? source.columns : [];
  const [first = ''] = columns;
  // A day and the time of that day may stand in columns of their own.
  const hasSecond = field.kind === 'time' && columns.length > 0 && columns.length <= 2;
  const joined = columns.length > 1 && !hasSecond;
  const samples = samplesOf(draft, source, field.kind);
  const choose = (chosen: string): void => onChange(sourceOf(chosen, source, { draft, field }));
  return (
    <tr>
      <th scope="row">
        <span className="mono" lang="en">
          {field.header}
        </span>
        {isNeeded ? <span className="quiet mapping-needed">{t('mapping.needed')}</span> : null}
      </th>
      <td>
        <ColumnSelect
          label={t('mapping.column.of', { field: field.header })}
          data={[
            { value: nothing, label: t('mapping.column.none') },
            { value: oneValue, label: t('mapping.column.value') },
            ...(joined ? [{ value: choice, label: columnsIn(choice).join(' + ') }] : []),
            ...single,
          ]}
          value={hasSecond ? JSON.stringify([first]) : choice}
          onChange={(chosen) => choose(hasSecond && chosen.startsWith('[') ? withSecond(chosen, columns[1]) : chosen)}
        />
        {hasSecond ? (
          <ColumnSelect
            className="mapping-under"
            label={t('mapping.second.of', { field: field.header })}
            data={[
              { value: nothing, label: t('mapping.second.none') },
              ...draft.columns
                .filter(({ name }) => name !== first)
                .map(({ name }) => ({ value: JSON.stringify([name]), label: t('mapping.second', { name }) })),
            ]}
            value={columns[1] === undefined ? nothing : JSON.stringify([columns[1]])}
            onChange={(chosen) =>
              choose(withSecond(JSON.stringify([first]), chosen === nothing ? undefined : columnsIn(chosen)[0]))
            }
          />
        ) : null}
        {source !== undefined && 'value' in source ? (
          <OneValue field={field} value={source.value} onChange={(value) => onChange({ value })} />
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
          <ConversionChoice
            key={choice}
            field={field}
            source={source}
            values={valuesOf(draft, source)}
            zone={zone}
            onChange={onChange}
          />
        ) : null}
        {fault === undefined ? null : <output className="mapping-fault wrap">{fault}</output>}
      </td>
    </tr>
  );
}

const columnsIn = (choice: string): string[] => JSON.parse(choice) as string[];

/** A column's choice, and the one beside it if there is one and it is another. */
function withSecond(choice: string, second: string | undefined): string {
  const [first = ''] = columnsIn(choice);
  return JSON.stringify(second === undefined || second === first ? [first] : [first, second]);
}

/** A column of the file, or what stands in its place: choices of columns are lists of names, which are in the language of the file. */
function ColumnSelect({
  label,
  data,
  value,
  className,
  onChange,
}: {
  label: string;
  data: { value: string; label: string }[];
  value: string;
  className?: string;
  onChange: (chosen: string) => void;
}) {
  return (
    <Select
      className={className}
      aria-label={label}
      searchable
      limit={100}
      allowDeselect={false}
      data={data}
      value={value}
      renderOption={({ option }) => (option.value.startsWith('[') ? <span lang="">{option.label}</span> : option.label)}
      onChange={(chosen) => onChange(chosen ?? nothing)}
    />
  );
}

function OneValue({
  field,
  value,
  onChange,
}: {
  field: MappingField;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useText();
  const label = t('mapping.value.of', { field: field.header });
  if (field.words.length === 0)
    return (
      <TextInput
        className="mapping-under"
        aria-label={label}
        maxLength={200}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  return (
    <NativeSelect
      className="mapping-under"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {field.words.includes(value) ? null : (
        <option value={value} lang="">
          {value}
        </option>
      )}
      <KnownOptions words={field.words} />
    </NativeSelect>
  );
}
