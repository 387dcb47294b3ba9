/** A command that cannot be done as it was given: its message is the whole answer. `isUsage`: the words of the command line are at fault. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly isUsage: boolean;

  constructor(message: string, { isUsage = false } = {}) {
    super(message);
    this.isUsage = isUsage;
  }
}
