import { useId } from 'react';

interface Segment<T extends string> {
  value: T;
  label: string;
  /** The full name, where the label is a code. */
  title?: string;
}

/** One of a few, ink on paper; arrow keys move as in any group of radio buttons. */
export function Segments<T extends string>({
  label,
  segments,
  value,
  onChange,
}: {
  label: string;
  segments: readonly Segment<T>[];
  value: T;
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <div className="segments" role="radiogroup" aria-label={label}>
      {segments.map((segment) => (
        <label key={segment.value} className="segment" title={segment.title}>
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
            aria-label={segment.title}
          />
          <span>{segment.label}</span>
        </label>
      ))}
    </div>
  );
}
