import { type ErrorCode, sentenceOf } from '@hub/contract/errors';

export type ErrorData = Record<string, string | number>;

/** The one error that crosses features. Each edge translates it once: HTTP to a problem, jobs to a parked state, the command line to a sentence. */
export class HubError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, data: ErrorData = {}, options?: { cause?: unknown }) {
    super(sentenceOf(code, data), options);
    this.name = 'HubError';
    this.code = code;
    this.data = data;
  }
}
