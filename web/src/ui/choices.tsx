import { useId } from 'react';

interface Choice<T extends string> {
  value: T;
  label: string;
  description: string;
}

/** One of a few that need a sentence each. */
export function Choices<T extends string>({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      {choices.map((choice) => (
        <div key={choice.value} className="choice">
          <input
            type="radio"
            id={`${name}${choice.value}`}
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            aria-describedby={`${name}${choice.value}-is`}
          />
          <div>
            <label htmlFor={`${name}${choice.value}`} className="strong">
              {choice.label}
            </label>
            <p className="quiet" id={`${name}${choice.value}-is`}>
              {choice.description}
            </p>
          </div>
        </div>
      ))}
    </fieldset>
  );
}
