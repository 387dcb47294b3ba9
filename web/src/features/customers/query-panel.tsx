import { CustomerStatus } from '@hub/contract/customer-statuses';
import { Fragment, useEffect, useRef } from 'react';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import type { Suggestion } from './query-suggestions.ts';
import { statusLooks } from './status-words.ts';

/** What can be chosen, by field; the keys stand below. */
export function QueryPanel({
  id,
  suggestions,
  current,
  typed,
  onPick,
}: {
  id: string;
  suggestions: readonly Suggestion[];
  current: Suggestion | undefined;
  typed: string;
  onPick: (suggestion: Suggestion, isExcluded?: boolean) => void;
}) {
  const { t, f } = useText();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    // A press inside must not take the focus from the field.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keeps the focus where it is; the options have their keys
    <div className="query-panel" onMouseDown={(event) => event.preventDefault()}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the suggestions of a combobox, which no element offers */}
      <div role="listbox" id={`${id}list`} aria-label={t('query.suggestions')} className="query-options" ref={list}>
        {suggestions.map((suggestion, at) => (
          <Fragment key={suggestion.key}>
            {suggestion.group === suggestions[at - 1]?.group ? null : (
              <div className="query-group" role="presentation">
                {suggestion.group}
              </div>
            )}
            {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field keeps the focus and has the keys */}
            <div
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <option> holds text only
              role="option"
              id={`${id}o${at}`}
              aria-selected={suggestion === current}
              className="query-option"
              onClick={() => onPick(suggestion)}
            >
              <StatusGlyph suggestion={suggestion} />
              <span className="grow cut">
                <Marked text={suggestion.label} part={typed} />
              </span>{' '}
              {suggestion.customers === undefined ? (
                <span className="mono quiet">{suggestion.isWhole ? '' : suggestion.written}</span>
              ) : (
                <span className="quiet num">{f.number(suggestion.customers)}</span>
              )}
            </div>
          </Fragment>
        ))}
      </div>
      <div className="query-keys" aria-hidden="true">
        <kbd>↑</kbd>
        <kbd>↓</kbd> {t('query.key.choose')}
        <kbd>Enter</kbd> {t('query.key.add')}
        <kbd>−</kbd> {t('query.key.exclude')}
        <kbd className="push">Esc</kbd>
      </div>
    </div>
  );
}

function StatusGlyph({ suggestion }: { suggestion: Suggestion }) {
  const known = suggestion.value?.replaceAll('-', '_');
  const status = suggestion.field === 'status' ? CustomerStatus.options.find((option) => option === known) : undefined;
  return status === undefined ? null : <Glyph name={statusLooks[status].glyph} />;
}

/** The typed part stands out. */
function Marked({ text, part }: { text: string; part: string }) {
  const at = part === '' ? -1 : text.toLowerCase().indexOf(part.toLowerCase());
  if (at === -1) return text;
  return (
    <>
      {text.slice(0, at)}
      <b>{text.slice(at, at + part.length)}</b>
      {text.slice(at + part.length)}
    </>
  );
}
