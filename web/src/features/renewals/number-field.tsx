import { TextInput } from '@mantine/core';
import { useState } from 'react';

/** A number that is typed: what is no number yet, or lies outside, changes nothing. */
export function NumberField({
  label,
  description,
  value,
  min,
  max,
  step = 1,
  onChange,
}: {
  label: string;
  description?: string;
  value: number;
  min: number;
  max: number;
  step?: number | 'any';
  onChange: (value: number) => void;
}) {
  const [typed, setTyped] = useState(String(value));
  // Somebody else may have changed it: what is typed is shown only while it says the same, or nothing yet.
  const read = numberOf(typed, { min, max, isWhole: step === 1 });
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    if (read !== value) setTyped(String(value));
  }
  return (
    <TextInput
      type="number"
      label={label}
      description={description}
      min={min}
      max={max}
      step={step}
      value={typed}
      aria-invalid={read === undefined || undefined}
      error={read === undefined}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        const next = numberOf(currentTarget.value, { min, max, isWhole: step === 1 });
        if (next !== undefined) onChange(next);
      }}
    />
  );
}

function numberOf(
  text: string,
  { min, max, isWhole }: { min: number; max: number; isWhole: boolean },
): number | undefined {
  const value = Number(text);
  const isRight = text.trim() !== '' && value >= min && value <= max && (!isWhole || Number.isInteger(value));
  return isRight ? value : undefined;
}
