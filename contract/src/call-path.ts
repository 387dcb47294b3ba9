import { z } from 'zod';
import { CallLeg } from './calling-usage.ts';
import { endpoint } from './endpoint.ts';
import { CalendarDate, Instant, ReportId } from './ids.ts';
import { RegionCode } from './regions.ts';

/** The most legs of one path. */
export const callPathMaximumLegs = 200;

/** What a leg is of, by its User type. */
export const PathRole = z.enum([
  'person',
  'workspace',
  'virtual_line',
  'auto_attendant',
  'queue',
  'hunt_group',
  'voicemail',
  'service',
]);
export type PathRole = z.infer<typeof PathRole>;

/** A leg of a path. Texts are empty where the record has nothing. */
export const CallPathLeg = CallLeg.extend({
  role: PathRole,
  callingName: z.string(),
  calledName: z.string(),
  answerTime: Instant.nullable(),
  releaseTime: Instant.nullable(),
  transferTime: Instant.nullable(),
  /** Why it exists, such as CallQueue or ConsultativeTransfer; words of the feed. */
  relatedReason: z.string(),
  redirectReason: z.string(),
  outcomeReason: z.string(),
  /** On the menu of an auto attendant. */
  keyPressed: z.string(),
  isAnsweredElsewhere: z.boolean(),
  /** The leg that it came from: a service's, the other one of a transfer, or the other end of the connection. */
  cameFrom: ReportId.nullable(),
  /** Has the Correlation ID of the leg that was asked for; the others are joined by their related calls. */
  isOfSession: z.boolean(),
});
export type CallPathLeg = z.infer<typeof CallPathLeg>;

export const getCallPath = endpoint({
  method: 'GET',
  path: '/api/call-legs/:reportId/path',
  permission: 'call_legs.read',
  summary:
    'The legs of the session that a call leg is of, and of the sessions that its related calls lead to, of the same customer within a day before and after, by start.',
  params: z.object({ reportId: ReportId }),
  query: z.object({ region: RegionCode, startDate: CalendarDate }),
  reply: z.object({
    legs: z.array(CallPathLeg),
    /** There are more legs than are told. */
    hasMore: z.boolean(),
    /** False: the record has no Correlation ID, so that only related calls can be joined. */
    hasSession: z.boolean(),
  }),
  errors: ['not_found', 'region_not_served', 'region_unavailable', 'question_too_slow'],
});
