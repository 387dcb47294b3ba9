import { useMediaQuery } from '@mantine/hooks';

/** Below 640: tables become three-line rows. */
export function useIsPhone(): boolean {
  return useMediaQuery('(max-width: 639px)', undefined, { getInitialValueInEffect: false });
}

/** Below 1200: navigation collapses, side panels become drawers. */
export function useIsNarrow(): boolean {
  return useMediaQuery('(max-width: 1199px)', undefined, { getInitialValueInEffect: false });
}
