import { Notifications } from '@mantine/notifications';

/** Where toasts stand; comes after the first page. */
export function Toasts() {
  return <Notifications position="bottom-right" limit={4} containerWidth={380} zIndex={400} />;
}
