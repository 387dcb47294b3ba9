import { qualityLimits, qualityPolicies, type QualityPolicy } from '@hub/contract/calling-policy';
import { byWeek, type Rollup } from './rollup.ts';

const word = (pattern: string, columns = "concat(toString(endpoint), ' ', toString(device))"): string =>
  `match(${columns}, '(?i)${pattern}')`;

/** The ten types of DOMAIN, from what the report calls the endpoint and the device. The order of the branches matters, as in call_leg. */
export const mediaEndpointType = `multiIf(
  ${word('teams')}, 'teams',
  ${word('gateway|trunk|sip_gw')}, 'gateway',
  ${word('\\\\b(ata|dect|dbs|vg4)')}, 'dect_or_ata',
  ${word('mobile|android|ios\\\\b|iphone|ipad')}, 'mobile_app',
  ${word('browser|webrtc|chrome|firefox|safari|edge')}, 'browser',
  ${word('desktop|windows|mac ?os|osx|linux|soft ?phone')}, 'desktop_app',
  ${word('third|^sip ?$')}, 'third_party',
  ${word('desk ?phone|mpp|ip phone|^(cisco |cp-|dp-)*[6789][0-9]{3}|[ ](cisco |cp-|dp-)*[6789][0-9]{3}')}, 'desk_phone',
  ${word('room|board|codec|desk|quad|\\\\b[sdm]x[0-9]')}, 'room_device',
  ${word('wxc_device|phone')}, 'desk_phone',
  ${word('wxc_client')}, 'desktop_app',
  'unknown')`;

export const hasVideo = 'ifNull(video_duration, 0) > 0';

const { jitter, latency, packetLoss } = qualityLimits;

/** Quality of a stream under three-valued logic: 1 good, -1 poor, 0 unknown. */
const judged: Record<QualityPolicy, (stream: 'audio' | 'video') => string> = {
  documented: (stream) => {
    const [j, l, p] = [`${stream}_jitter`, `${stream}_latency`, `${stream}_packet_loss`];
    return `multiIf(ifNull(${j} <= ${jitter}, false) OR ifNull(${l} <= ${latency}, false) OR ifNull(${p} <= ${packetLoss}, false), 1,
      isNull(${j}) OR isNull(${l}) OR isNull(${p}), 0, -1)`;
  },
  any_threshold: (stream) => {
    const [j, l, p] = [`${stream}_jitter`, `${stream}_latency`, `${stream}_packet_loss`];
    return `multiIf(ifNull(${j} >= ${jitter}, false) OR ifNull(${l} >= ${latency}, false) OR ifNull(${p} >= ${packetLoss}, false), -1,
      isNull(${j}) OR isNull(${l}) OR isNull(${p}), 0, 1)`;
  },
};

/** Of a media row, 1 good, -1 poor, 0 unknown (docs/metrics.md#quality-policies). Every row carries audio; video where its duration is above 0. */
export const qualityOf: Record<QualityPolicy, string> = {
  documented: `if(${hasVideo}, greatest(${judged.documented('audio')}, ${judged.documented('video')}), ${judged.documented('audio')})`,
  any_threshold: `if(${hasVideo}, least(${judged.any_threshold('audio')}, ${judged.any_threshold('video')}), ${judged.any_threshold('audio')})`,
};

const sumOf = (column: string): string => `toInt64(sum(round(ifNull(${column}, 0) * 1000)))`;
const countOf = (condition: string): string => `toInt64(countIf(${condition}))`;
export const hasAudio = 'isNotNull(audio_jitter) OR isNotNull(audio_latency) OR isNotNull(audio_packet_loss)';

/** Media rows at a place and of a type of endpoint on a day. Averages and durations are sums of thousandths, so that they add up exactly. */
export const mediaRollup: Rollup = {
  table: 'media_rollup',
  groups: { place_key: 'place_key', endpoint_type: mediaEndpointType },
  sums: {
    legs: countOf('true'),
    documented_good: countOf(`${qualityOf.documented} = 1`),
    documented_poor: countOf(`${qualityOf.documented} = -1`),
    any_threshold_good: countOf(`${qualityOf.any_threshold} = 1`),
    any_threshold_poor: countOf(`${qualityOf.any_threshold} = -1`),
    audio_legs: countOf(hasAudio),
    video_legs: countOf(hasVideo),
    video_milliseconds: sumOf('video_duration'),
    jitter_legs: countOf('isNotNull(audio_jitter)'),
    jitter_thousandths: sumOf('audio_jitter'),
    latency_legs: countOf('isNotNull(audio_latency)'),
    latency_thousandths: sumOf('audio_latency'),
    loss_legs: countOf('isNotNull(audio_packet_loss)'),
    loss_thousandths: sumOf('audio_packet_loss'),
  },
  facts: 'true',
};

export const mediaWeekRollup = byWeek(mediaRollup, 'media_week_rollup');

/** Who a media row is of: as a leg's user where both have the UUID. */
export const mediaUser =
  "if(user_uuid = toUUID('00000000-0000-0000-0000-000000000000'), sipHash64(email, user), sipHash64(user_uuid))";

/** Poor media rows of a user at a place on a day, under each policy. Few are poor: whoever has none has no row. */
export const poorRollup: Rollup = {
  table: 'poor_rollup',
  groups: { place_key: 'place_key', user_key: mediaUser },
  sums: {
    documented_poor: countOf(`${qualityOf.documented} = -1`),
    any_threshold_poor: countOf(`${qualityOf.any_threshold} = -1`),
  },
  facts: `(${qualityPolicies.map((policy) => `${qualityOf[policy]} = -1`).join(' OR ')})`,
};
