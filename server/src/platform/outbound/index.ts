export { type Answer, ask, OutboundFault } from './ask.ts';
export { addressFault, type OutboundRules } from './outbound-rules.ts';
