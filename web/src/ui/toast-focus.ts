// The focus and the toasts: F6 leads to the latest one, and whoever leaves it comes back to where he was.

let place: HTMLElement | null = null;

const isInToast = (element: Element | null): boolean => (element?.closest('.toast') ?? null) !== null;

/** Remembers where the focus is outside of the toasts, and answers to F6. Call what it returns to end that. */
export function watchToastFocus(): () => void {
  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && !isInToast(target)) place = target;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'F6' || event.altKey || event.ctrlKey || event.metaKey) return;
    if (isInToast(document.activeElement)) {
      event.preventDefault();
      leaveToast();
      return;
    }
    const button = [...document.querySelectorAll<HTMLElement>('.toast')].at(-1)?.querySelector('button');
    if (button === null || button === undefined) return; // nothing to go to: the browser's own F6
    event.preventDefault();
    button.focus();
  };
  document.addEventListener('focusin', onFocus);
  document.addEventListener('keydown', onKey);
  return () => {
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('keydown', onKey);
  };
}

/** From a toast that goes to where the focus was before, or to the page. */
export function leaveToast(): void {
  if (!isInToast(document.activeElement)) return;
  const back = place?.isConnected === true ? place : document.getElementById('content');
  back?.focus({ preventScroll: true });
}
