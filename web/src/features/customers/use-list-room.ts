import { useMediaQuery } from '@mantine/hooks';
import type { ListRoom } from './customer-columns.tsx';

const atOnce = { getInitialValueInEffect: false };

/** Beside the navigation, of 217 pixels from a window of 1200 on and of 57 below, and a scrollbar of 10. */
export function useListRoom(): ListRoom {
  const isTight = useMediaQuery('(max-width: 1437px)', undefined, atOnce);
  const isNarrow = useMediaQuery('(max-width: 1343px)', undefined, atOnce);
  const isSmall = useMediaQuery('(max-width: 1277px)', undefined, atOnce);
  return isSmall ? 'small' : isNarrow ? 'narrow' : isTight ? 'tight' : 'wide';
}
