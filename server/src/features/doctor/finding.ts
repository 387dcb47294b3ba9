/** One thing that was examined. `fail`: it keeps Partner Hub from working; the sentence says what to do. */
export interface Finding {
  state: 'ok' | 'warn' | 'fail';
  sentence: string;
}

export const ok = (sentence: string): Finding => ({ state: 'ok', sentence });
export const warn = (sentence: string): Finding => ({ state: 'warn', sentence });
export const fail = (sentence: string): Finding => ({ state: 'fail', sentence });
