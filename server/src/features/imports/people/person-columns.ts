import type { FeedCode } from '@hub/contract/imports';
import type { Feed } from '../feeds/feed.ts';

/** Where rows of a feed name people. */
export interface PersonColumns {
  /** What tells for certain whose a row is; a row in which one is set is that person's, and nobody else's of the same name or number. */
  certain: readonly string[];
  /** Whose the row is; the certain ones among them. */
  own: readonly string[];
  /** Texts in which the rows of others may name the person; they are emptied. None of them is what a total counts. */
  named: readonly string[];
}

const nobody: PersonColumns = { certain: [], own: [], named: [] };

const columns: Record<FeedCode, PersonColumns> = {
  webex_call_history: {
    certain: ['user_uuid'],
    own: ['user_uuid', 'user', 'user_number'],
    named: [
      'calling_number',
      'called_number',
      'user',
      'calling_line_id',
      'called_line_id',
      'site_main_number',
      'redirecting_number',
      'dialed_digits',
      'user_number',
      'caller_id_number',
      'external_caller_id_number',
      'device_owner_uuid',
      'redirecting_party_uuid',
      'original_called_party_uuid',
      'elin',
    ],
  },
  webex_media_quality: {
    certain: ['user_uuid', 'email'],
    own: ['user_uuid', 'email', 'user'],
    named: ['user', 'email'],
  },
  // An agent is a name: there is nothing else to tell agents by.
  webex_call_queue_agent_stats: { certain: [], own: ['agent'], named: [] },
  webex_call_queue_stats: { certain: [], own: [], named: ['phone_number', 'extension'] },
  webex_auto_attendant_stats: { certain: [], own: [], named: ['phone_number'] },
  webex_hunt_group_stats: { certain: [], own: [], named: ['phone_number', 'extension'] },
  webex_phone_numbers: {
    certain: ['user_uuid', 'email'],
    own: ['user_uuid', 'email', 'phone_number', 'extension'],
    named: ['phone_number', 'extension', 'email'],
  },
  webex_devices: {
    certain: ['user_uuid', 'email'],
    own: ['user_uuid', 'email', 'device', 'phone_number', 'extension'],
    named: ['device', 'phone_number', 'extension', 'email', 'tags'],
  },
  webex_locations: { certain: [], own: [], named: ['main_number'] },
  license_snapshots: nobody,
};

export const personColumnsOf = ({ code }: Feed): PersonColumns => columns[code];

export const namesPeople = (feed: Feed): boolean => {
  const { own, named } = personColumnsOf(feed);
  return own.length + named.length > 0;
};
