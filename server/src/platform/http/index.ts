export { answerClientFault, headerBytesMaximum } from './client-fault.ts';
export { refusedField } from './invalid-request.ts';
export { newTrackingId, problemOf } from './problem.ts';
export { isForm, readFormFile } from './read-form-file.ts';
export { isOfApi, type RateLimits, registerRateLimit, usualLimits } from './rate-limit.ts';
export { changesNothing, refuseOtherSites, requireCsrfToken } from './same-origin.ts';
export { registerSecurityHeaders } from './security-headers.ts';
export { type Edge, type FileReply, type Serve, serveWith, sessionCookie } from './serve.ts';
export { registerStaticPage } from './static-page.ts';
