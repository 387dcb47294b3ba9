import { completionAt, withoutSpan } from '@hub/contract/customer-query-bar';
import type { QueryError } from '@hub/contract/customer-query';
import { ActionIcon } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { facetQuery } from './list-queries.ts';
import { QueryChips } from './query-chips.tsx';
import { QueryFault } from './query-fault.tsx';
import { QueryHint } from './query-hint.tsx';
import { QueryPanel } from './query-panel.tsx';
import { facetOf, isMaybeField, type Suggestion, suggestionsFor } from './query-suggestions.ts';
import { andAlso, conditionsOf, faultOf, isPlainText } from './query-text.ts';
import './query-bar.css';

const pauseMilliseconds = 300;
const fieldPauseMilliseconds = 1000; // for a word that may yet become a field

/** Conditions as chips, and a place to type the next one. The filter as a whole is the value. */
export function QueryBar({
  value,
  onChange,
  children,
}: {
  value: string;
  /** `isPassing`: while somebody types; the way back should not go through every letter. */
  onChange: (filter: string, isPassing: boolean) => void;
  children?: ReactNode;
}) {
  const { t, f } = useText();
  const { may } = useSession();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // The chips, and what stands in the field: together they are the filter.
  const [base, setBase] = useState(() => (isReadable(value) ? value : ''));
  const [draft, setDraft] = useState(() => (isReadable(value) ? '' : value));
  const [caret, setCaret] = useState(draft.length);
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const [error, setError] = useState<QueryError | null>(() => faultOf(value));
  const sent = useRef(value);
  // What was asked for before the words that are being typed: a condition that is begun asks for nothing new.
  const [settled, setSettled] = useState(value);

  // The address changed by itself: a link, a view, the way back.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setSettled(value);
    setBase(isReadable(value) ? value : '');
    setDraft(isReadable(value) ? '' : value);
    setError(faultOf(value));
    setActive(null);
  }, [value]);

  const send = (filter: string) => {
    sent.current = filter;
    setSettled(filter);
    onChange(filter, false);
  };
  const completion = isOpen ? completionAt(draft, caret) : undefined;
  const field = facetOf(completion);
  const facet = useQuery({
    ...facetQuery({
      field: field ?? 'status',
      filter: base,
      text: field === 'tag' || field === 'group' ? (completion?.typed ?? '') : '',
    }),
    enabled: field !== undefined,
    placeholderData: keepPreviousData,
  });
  const isOfField = facet.data !== undefined && field !== undefined && !facet.isPlaceholderData;
  const suggestions = suggestionsFor(completion, isOfField ? facet.data.items : undefined, t, f, {
    contracts: may('subscriptions.read'),
    calling: may('calling_usage.read'),
  });
  // Behind "status:" the best value is at hand at once; where anything may be typed Enter takes the text as it stands.
  const chosen = active ?? (completion?.kind === 'value' && suggestions.length > 0 ? 0 : null);
  const current = chosen === null ? undefined : suggestions[Math.min(chosen, suggestions.length - 1)];

  const isBegun = isMaybeField(completion, suggestions);
  const asked = draft.trim() === '' ? base : isPlainText(draft) ? andAlso(base, draft) : settled;
  const passing = isBegun && active !== null ? null : asked;
  const pause = isBegun ? fieldPauseMilliseconds : pauseMilliseconds;
  useEffect(() => {
    if (passing === null || passing === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = passing;
      onChange(passing, true);
    }, pause);
    return () => clearTimeout(timer);
  }, [passing, pause, onChange]);

  const type = (text: string, at: number) => {
    setDraft(text);
    setCaret(at);
    setActive(null);
    setError(null);
    setIsOpen(true);
  };
  const commit = (text: string) => {
    const fault = faultOf(text) ?? faultOf(andAlso(base, text));
    if (fault !== null) {
      setDraft(text);
      setError(fault);
      setIsOpen(false);
      requestAnimationFrame(() => input.current?.setSelectionRange(fault.at, fault.at + fault.length));
      return;
    }
    const filter = andAlso(base, text);
    setBase(filter);
    setDraft('');
    setCaret(0);
    setActive(null);
    setError(null);
    send(filter);
  };
  /** What was chosen takes the place of what was typed. */
  const complete = (suggestion: Suggestion): string => {
    if (completion === undefined) return draft;
    const before = draft.slice(0, completion.from);
    const written = /[<>=]$/.test(before) ? suggestion.written.replace(/^[<>]=?/, '') : suggestion.written;
    const operator = /^(?:!=|[<>]=?|[:=])/.exec(draft.slice(completion.to))?.[0];
    const rest =
      operator !== undefined && !suggestion.isWhole
        ? draft.slice(completion.to + operator.length)
        : draft.slice(completion.to);
    return `${before}${written}${rest}`;
  };
  const pick = (suggestion: Suggestion, isExcluded = false) => {
    const text = complete(suggestion);
    if (suggestion.isWhole) commit(isExcluded ? `-${text}` : text);
    else type(text, (completion?.from ?? 0) + suggestion.written.length);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setIsOpen(true);
      if (suggestions.length === 0) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const from = chosen ?? (step === 1 ? -1 : suggestions.length);
      setActive((from + step + suggestions.length) % suggestions.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (current !== undefined) pick(current);
      else if (draft.trim() !== '') commit(draft);
    } else if (event.key === 'Tab' && !event.shiftKey && isOpen && draft !== '' && suggestions.length > 0) {
      event.preventDefault();
      const suggestion = current ?? suggestions[0];
      if (suggestion === undefined) return;
      const text = complete(suggestion);
      type(text, text.length);
    } else if (event.key === '-' && active !== null && current?.isWhole === true) {
      event.preventDefault();
      pick(current, true);
    } else if (event.key === 'Escape') {
      if (isOpen) setIsOpen(false);
      else if (draft !== '') type('', 0);
    } else if (event.key === 'Backspace' && draft === '' && base !== '') {
      event.preventDefault();
      const last = conditionsOf(base).at(-1);
      if (last !== undefined) remove(withoutSpan(base, last.part));
    }
  };
  const remove = (filter: string) => {
    setBase(filter);
    setError(null);
    send(andAlso(filter, isPlainText(draft) ? draft : ''));
    input.current?.focus();
  };
  const replace = (filter: string) => {
    const fault = faultOf(filter);
    setBase(fault === null ? filter : '');
    setDraft(fault === null ? '' : filter);
    setError(fault);
    if (fault === null) send(filter);
    input.current?.focus();
  };
  const isPanelOpen = isOpen && suggestions.length > 0;
  return (
    <div className="query-bar-place">
      {/* A click beside the chips is meant for the field. */}
      <div className="query-bar" data-error={error === null ? undefined : true}>
        <IconFilter size={16} stroke={1.6} aria-hidden="true" />
        <QueryChips
          filter={base}
          onRemove={remove}
          onEdit={(source, rest) => {
            setBase(rest);
            setError(null);
            type(source, source.length);
            input.current?.focus();
          }}
        />
        <span className="query-field">
          <input
            ref={input}
            type="text"
            role="combobox"
            aria-expanded={isPanelOpen}
            aria-controls={`${id}list`}
            aria-autocomplete="list"
            aria-activedescendant={
              isPanelOpen && current !== undefined ? `${id}o${suggestions.indexOf(current)}` : undefined
            }
            aria-label={t('filter.title')}
            aria-invalid={error !== null}
            aria-describedby={error === null ? undefined : `${id}fault`}
            placeholder={base === '' ? t('filter.queryPlaceholder') : ''}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={5000}
            value={draft}
            onChange={(event) =>
              type(event.currentTarget.value, event.currentTarget.selectionStart ?? event.currentTarget.value.length)
            }
            onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
            onClick={() => setIsOpen(true)}
            onBlur={() => setIsOpen(false)}
            onKeyDown={onKeyDown}
          />
          {isPanelOpen ? (
            <QueryPanel
              id={id}
              suggestions={suggestions}
              current={current}
              typed={completion?.typed ?? ''}
              onPick={pick}
            />
          ) : null}
        </span>
        {base === '' && draft === '' ? null : (
          <ActionIcon
            size={24}
            variant="subtle"
            aria-label={t('filter.clear')}
            title={t('filter.clear')}
            onClick={() => replace('')}
          >
            <IconX size={14} stroke={1.6} />
          </ActionIcon>
        )}
        {children}
      </div>
      {error === null ? (
        <QueryHint filter={andAlso(base, draft)} onChange={replace} />
      ) : (
        <QueryFault id={`${id}fault`} text={draft} error={error} />
      )}
    </div>
  );
}

const isReadable = (text: string): boolean => faultOf(text) === null;
