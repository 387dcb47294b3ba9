import { TagColor } from '@hub/contract/customer-tags';
import { useId } from 'react';
import { useText } from '../../lib/i18n.ts';

/** Nine colours with their names; the name of the tag says what it means, the colour only helps to find it. */
export function ColorChoice({ value, onChange }: { value: TagColor; onChange: (color: TagColor) => void }) {
  const { t } = useText();
  const group = useId();
  return (
    <fieldset className="tag-colors">
      <legend>{t('tagging.color')}</legend>
      <div className="row tight">
        {TagColor.options.map((color) => (
          <label key={color} title={t(`tagging.color.${color}`)} className="tag-color" data-color={color}>
            <input
              type="radio"
              name={group}
              checked={color === value}
              aria-label={t(`tagging.color.${color}`)}
              onChange={() => onChange(color)}
            />
            <span aria-hidden="true" />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
