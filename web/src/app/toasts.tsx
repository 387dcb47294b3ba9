import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { watchToastFocus } from '../ui/toast-focus.ts';

/** Where toasts stand; comes after the first page. */
export function Toasts() {
  useEffect(watchToastFocus, []);
  return <Notifications position="bottom-right" limit={4} containerWidth={380} zIndex={400} />;
}
