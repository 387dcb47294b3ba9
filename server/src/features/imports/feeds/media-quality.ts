import { mediaRollup, mediaWeekRollup, poorRollup } from '../rollups/media-rollup.ts';
import { column, type Feed, location, organization } from './feed.ts';

/** Of the third-party tools that show one stream only it is the audio's. */
const stream = (name: 'audio' | 'video') => {
  const head = name === 'audio' ? 'Audio' : 'Video';
  const measured = (what: string, word: string, kind: 'milliseconds' | 'percent') =>
    column(`${name}_${what}`, `${head} ${word}`, kind, [
      `${head} mean ${word}`,
      `${head} average ${word}`,
      `${head} avg ${word}`,
      `Average ${name} ${word}`,
      `Avg ${name} ${word}`,
      ...(name === 'audio' ? [word] : []),
    ]);
  return [
    measured('jitter', 'jitter', 'milliseconds'),
    measured('packet_loss', 'packet loss', 'percent'),
    measured('latency', 'latency', 'milliseconds'),
  ];
};

/** Webex Calling Media Quality (DOMAIN 6.7): what the endpoints measured, a row a leg with its audio and its video. */
export const mediaQuality: Feed = {
  code: 'webex_media_quality',
  table: 'media_quality',
  held: 'held_media_quality',
  columns: [
    column('start_time', 'Start time', 'required_time', ['Start', 'Call start time', 'Call start']),
    organization,
    location,
    column('user', 'User', 'text', ['User name', 'Name', 'Display name']),
    column('email', 'Email', 'text', ['E-mail', 'User email', 'Email address', 'User ID']),
    column('user_uuid', 'User UUID', 'uuid'),
    column('call_id', 'Call ID', 'text', ['Local call ID', 'SIP call ID', 'Session ID', 'Call session ID']),
    column('correlation_id', 'Correlation ID', 'uuid'),
    column('caller_indicator', 'Caller indicator', 'word', ['Is caller', 'Caller', 'Direction']),
    column('call_type', 'Call type', 'word'),
    column('duration', 'Call duration', 'seconds', ['Duration']),
    column('video_duration', 'Video duration', 'seconds', ['Call video duration']),
    column('endpoint', 'Endpoint', 'word', ['Endpoint type', 'Client type']),
    column('device', 'Device', 'word', ['Device model', 'Model', 'Device type']),
    column('device_mac', 'Device MAC', 'text', ['MAC address', 'MAC']),
    column('user_agent', 'UA version', 'word', ['User agent version', 'User agent', 'Client version']),
    column('audio_codec', 'Audio codec', 'word', ['Codec']),
    column('video_codec', 'Video codec', 'word'),
    ...stream('audio'),
    ...stream('video'),
    column('path_optimization', 'Path optimization', 'word', ['Path optimisation', 'Media path optimization']),
    column('network', 'Network', 'word', ['Network type', 'Connection type']),
    column('reported_quality', 'Call quality', 'word', ['Quality', 'Audio quality']),
  ],
  needed: [
    ['start_time'],
    ['user_uuid', 'email', 'user'],
    ['audio_jitter', 'audio_packet_loss', 'audio_latency', 'video_jitter', 'video_packet_loss', 'video_latency'],
  ],
  // DOMAIN, decisions: organization, user, call and start. A device that no user has stands for itself.
  key: {
    of: [['org_uuid'], ['user_uuid', 'email', 'user', 'device_mac'], ['call_id', 'correlation_id'], ['start_time']],
  },
  laterBy: 'import',
  time: 'start_time',
  rollups: [mediaRollup, mediaWeekRollup, poorRollup],
};
