/** What goes wrong on the way to a store, or in it. Without `matches` it meets every statement. */
export type Fault = { matches?: RegExp; times?: number } & (
  | { kind: 'reset' }
  /** Half of an answer, then nothing. */
  | { kind: 'cut' }
  | { kind: 'delay'; milliseconds: number }
  | { kind: 'slow'; millisecondsPerByte: number }
  /** The connection stays open and nothing comes. */
  | { kind: 'silence' }
  /** A proxy in between that says so itself. */
  | { kind: 'status'; status: number; body: string }
  /** The engine itself refuses, as a full or read-only one does. */
  | { kind: 'exception'; message: string }
);

export function faultFor(faults: Set<Fault>, sql: string): Fault | undefined {
  for (const fault of faults) {
    if (fault.matches && !fault.matches.test(sql)) continue;
    if (fault.times !== undefined) {
      if (fault.times <= 0) continue;
      fault.times -= 1;
    }
    return fault;
  }
  return undefined;
}
