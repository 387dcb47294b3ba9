import { callHistory } from '../feeds/call-history.ts';
import type { Feed } from '../feeds/feed.ts';

// What calls are counted by: another word in these would make a leg that no number counts (DOMAIN 6.4, 6.5).
const ofCalls: Record<string, readonly string[]> = {
  direction: ['ORIGINATING', 'TERMINATING'],
  user_type: [
    'User',
    'Place',
    'VirtualLine',
    'AutomatedAttendantVideo',
    'HuntGroup',
    'CallCenterStandard',
    'CallCenterPremium',
    'VoiceMailRetrieval',
    'VoiceMailGroup',
    'GroupPaging',
    'BroadworksAnywhere',
    'Anchor',
    'RoutePoint',
    'VoiceXML',
    'LocalGateway',
  ],
};

/** The only words that a mapped file may have in a field; none where any text will do. */
export const knownWords = (feed: Feed, field: string): readonly string[] =>
  (feed === callHistory ? ofCalls[field] : undefined) ?? [];
