import { listRegions } from '@hub/contract/region-states';
import { regionLabels } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { call } from '../lib/api.ts';
import { useText } from '../lib/i18n.ts';
import { Glyph } from '../ui/glyph.tsx';

const askMilliseconds = 30_000;

/** Names the regions whose store does not answer, on every page, for so long as it lasts. */
export function RegionsNotice() {
  const { t, f } = useText();
  const { data } = useQuery({
    queryKey: ['regions'],
    queryFn: ({ signal }) => call(listRegions, {}, signal),
    refetchInterval: askMilliseconds,
    retry: false,
  });
  const away = data?.regionsUnavailable ?? [];
  return (
    <output>
      {away.length === 0 ? null : (
        <p className="notice regions-notice">
          <Glyph name="late" />
          <span>
            {t('frame.regionsUnavailable', {
              count: away.length,
              regions: f.list(away.map((region) => regionLabels[region])),
            })}
          </span>
        </p>
      )}
    </output>
  );
}
