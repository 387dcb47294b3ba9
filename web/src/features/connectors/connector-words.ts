import type { Connector, ConnectorFault, SnapshotKind } from '@hub/contract/connectors';
import type { FeedCode } from '@hub/contract/imports';
import { RegionCode, regionLabels } from '@hub/contract/regions';
import type { Format } from '../../lib/format.ts';
import type { Translate, Values } from '../../lib/i18n.ts';
import type { GlyphName } from '../../ui/glyph.tsx';

/** What failed, as a sentence that says what to do. */
export function faultText({ code, data }: Pick<ConnectorFault, 'code' | 'data'>, t: Translate, f: Format): string {
  const values: Values = { ...data };
  const region = RegionCode.safeParse(data['region']).data;
  if (region !== undefined) values['region'] = regionLabels[region];
  if (code === 'answer_too_large') values['limit'] = f.bytes(Number(data['limit']));
  if (code === 'rate_limited') values['minutes'] = Math.ceil(Number(data['seconds']) / 60);
  return t(`connectors.fault.${code}`, values);
}

/** What is fetched once a day is called as the feed that it comes in as; people are in none, and only counted. */
const feedOfKind = {
  licenses: 'license_snapshots',
  locations: 'webex_locations',
  numbers: 'webex_phone_numbers',
  devices: 'webex_devices',
} as const satisfies Record<Exclude<SnapshotKind, 'people'>, FeedCode>;

export const kindText = (kind: SnapshotKind, t: Translate): string =>
  kind === 'people' ? t('connectors.people') : t(`feed.${feedOfKind[kind]}`);

/** Its state as a word and a shape. */
export function stateOf(
  { state, runningSince, fault, organizations }: Connector,
  t: Translate,
): { glyph: GlyphName; word: string } {
  if (state === 'paused') return { glyph: 'struck', word: t('connectors.state.paused') };
  if (fault !== null) return { glyph: 'failed', word: t('connectors.state.failing') };
  if (runningSince !== null) return { glyph: 'running', word: t('connectors.state.running') };
  if (organizations.failing > 0) return { glyph: 'warning', word: t('connectors.state.partly') };
  return { glyph: 'done', word: t('connectors.state.enabled') };
}

/** Minutes as people say them; from two hours on in hours, from two days on in days. */
export function lagText(minutes: number, t: Translate): string {
  if (minutes < 120) return t('connectors.lag.minutes', { count: minutes });
  if (minutes < 2880) return t('connectors.lag.hours', { count: Math.floor(minutes / 60) });
  return t('connectors.lag.days', { count: Math.floor(minutes / 1440) });
}
