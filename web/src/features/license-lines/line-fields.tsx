import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { Product, productNames } from '@hub/contract/products';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useController, type Control, type FieldError, type FieldValues, type Path } from 'react-hook-form';
import { faultText } from '../../lib/form-faults.ts';
import { useText } from '../../lib/i18n.ts';
import './license-lines.css';
import type { LineForms } from './line-form.ts';

type LineFaults = readonly (Partial<Record<'product' | 'ordered' | 'assigned', FieldError>> | undefined)[];

/** A product a row, with its counts. A product stands there once, so the next row begins with one that is left. */
export function LineFields<V extends FieldValues>({
  control,
  name,
  hasAssigned,
  countLabel,
  isFirst = false,
}: {
  control: Control<V>;
  name: Path<V>;
  hasAssigned: boolean;
  /** What the count is called, where nothing is purchased. */
  countLabel?: string;
  /** The dialog opens with the focus here. */
  isFirst?: boolean;
}) {
  const { t } = useText();
  const { field, fieldState } = useController({ control, name });
  const lines: LineForms = field.value;
  const faults = faultsOf(fieldState.error);
  const box = useRef<HTMLFieldSetElement>(null);
  const left = Product.options.filter((product) => lines.every((line) => line.product !== product));
  const change = (index: number, part: Partial<LineForms[number]>) =>
    field.onChange(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
  const focusLast = () =>
    requestAnimationFrame(() => {
      const selects = box.current?.querySelectorAll('select');
      (selects?.item(selects.length - 1) ?? box.current?.querySelector('button'))?.focus();
    });
  return (
    <fieldset className="line-fields" ref={box}>
      <legend>{t('lines.title')}</legend>
      {lines.map((line, index) => (
        <div key={index} className="line-field" data-assigned={hasAssigned || undefined}>
          <NativeSelect
            label={t('lines.product')}
            data-autofocus={isFirst && index === 0 ? true : undefined}
            value={line.product}
            data={Product.options
              .filter((product) => product === line.product || left.includes(product))
              .map((value) => ({ value, label: productNames[value] }))}
            onChange={(event) => change(index, { product: Product.parse(event.currentTarget.value) })}
            error={faultText(faults[index]?.product, t)}
          />
          <TextInput
            label={countLabel ?? t('lines.orderedCount')}
            inputMode="numeric"
            autoComplete="off"
            value={line.ordered}
            onChange={(event) => change(index, { ordered: event.currentTarget.value })}
            error={faultText(faults[index]?.ordered, t)}
          />
          {hasAssigned ? (
            <TextInput
              label={t('lines.assignedCount')}
              inputMode="numeric"
              autoComplete="off"
              value={line.assigned}
              onChange={(event) => change(index, { assigned: event.currentTarget.value })}
              error={faultText(faults[index]?.assigned, t)}
            />
          ) : null}
          <ActionIcon
            aria-label={t('lines.remove', { product: productNames[line.product] })}
            onClick={() => {
              field.onChange(lines.filter((_, at) => at !== index));
              focusLast();
            }}
          >
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      {hasAssigned && lines.length > 0 ? <p className="help">{t('lines.assigned.hint')}</p> : null}
      {fieldState.error?.message === 'required' ? (
        <p className="mantine-InputWrapper-error" role="alert">
          {t('lines.needed')}
        </p>
      ) : null}
      <Button
        variant="quiet"
        leftSection={<IconPlus size={16} stroke={1.6} />}
        disabled={left.length === 0}
        onClick={() => {
          const product = left[0];
          if (product === undefined) return;
          field.onChange([...lines, { product, ordered: '', assigned: '' }]);
          focusLast();
        }}
      >
        {t('lines.add')}
      </Button>
    </fieldset>
  );
}

/** The faults of an array's rows stand where the array's own would. */
function faultsOf(error: unknown): LineFaults {
  return Array.isArray(error) ? (error as LineFaults) : [];
}
