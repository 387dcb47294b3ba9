import { listRegions } from '@hub/contract/region-states';
import { regionLabels } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { call } from '../lib/api.ts';
import { useText } from '../lib/i18n.ts';
import { Glyph } from '../ui/glyph.tsx';

const askMilliseconds = 30_000;

/** Names the regions whose store does not answer or takes no writes, on every page, for so long as it lasts. */
export function RegionsNotice() {
  const { t, f } = useText();
  const { data } = useQuery({
    queryKey: ['regions'],
    queryFn: ({ signal }) => call(listRegions, {}, signal),
    refetchInterval: askMilliseconds,
    retry: false,
  });
  const told = [
    { word: 'frame.regionsUnavailable', regions: data?.regionsUnavailable ?? [] },
    { word: 'frame.regionsReadOnly', regions: data?.regionsReadOnly ?? [] },
  ] as const;
  return (
    <output>
      {told.map(({ word, regions }) =>
        regions.length === 0 ? null : (
          <p key={word} className="notice regions-notice">
            <Glyph name="late" />
            <span>
              {t(word, { count: regions.length, regions: f.list(regions.map((region) => regionLabels[region])) })}
            </span>
          </p>
        ),
      )}
    </output>
  );
}
