import { randomBytes } from 'node:crypto';
import { type ErrorCode, errorCatalog, type Problem, sentenceOf } from '@hub/contract/errors';
import { isDirectoryAway } from '../directory/is-directory-away.ts';
import { HubError } from '../hub-error.ts';
import { StoreFault } from '../regional-store/index.ts';

/** Short enough to read out on the telephone. */
export const newTrackingId = (): string => `ph-${randomBytes(2).toString('hex')}-${randomBytes(2).toString('hex')}`;

/** The one translation from what was thrown to what is sent. Whatever is not a HubError tells the tracking ID only. */
export function problemOf(thrown: unknown, trackingId: string): { problem: Problem; isUnexpected: boolean } {
  const known = knownError(thrown);
  const error = known ?? new HubError('internal');
  const { status } = errorCatalog[error.code];
  return {
    problem: {
      type: `/docs/errors#${error.code}`,
      title: sentenceOf(error.code, error.data),
      status,
      code: error.code,
      data: error.data,
      trackingId,
    },
    isUnexpected: known === undefined,
  };
}

const fastifyCodes: Record<string, { code: ErrorCode; issue: string }> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'invalid_request', issue: 'Content-Type must be application/json.' },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'invalid_request', issue: 'The body is too large.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'invalid_request', issue: 'The body is empty.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'invalid_request', issue: 'The body is not valid JSON.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'invalid_request',
    issue: 'The body is shorter or longer than Content-Length says.',
  },
};

function knownError(thrown: unknown): HubError | undefined {
  if (thrown instanceof HubError) return thrown;
  if (isDirectoryAway(thrown)) return new HubError('directory_unavailable', {}, { cause: thrown });
  if (thrown instanceof StoreFault) {
    const seconds = 30;
    return thrown.kind === 'too_slow'
      ? new HubError('question_too_slow', { seconds }, { cause: thrown })
      : new HubError('region_unavailable', { region: thrown.region }, { cause: thrown });
  }
  const entry = fastifyCodes[(thrown as { code?: string }).code ?? ''];
  if (entry) return new HubError(entry.code, { issues: entry.issue }, { cause: thrown });
  const { statusCode } = thrown as { statusCode?: unknown };
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return new HubError('invalid_request', { issues: 'The request could not be read.' }, { cause: thrown });
  return undefined;
}
