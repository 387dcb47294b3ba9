import { TextInput } from '@mantine/core';
import { CopyTextButton } from './copy-button.tsx';

/** What is shown once: to be read, marked by one click, and copied. */
export function SecretField({ label, value, copyWord }: { label: string; value: string; copyWord: string }) {
  return (
    <div className="secret-field">
      <TextInput
        label={label}
        value={value}
        readOnly
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyTextButton text={value} word={copyWord} variant="default" />
    </div>
  );
}
