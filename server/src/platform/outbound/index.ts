export { type Answer, ask, OutboundFault } from './ask.ts';
export { type AddressFault, addressFault, type OutboundRules } from './outbound-rules.ts';
