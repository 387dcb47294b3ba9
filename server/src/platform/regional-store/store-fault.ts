import type { RegionCode } from '@hub/contract/regions';

type Kind = 'too_slow' | 'disk_full' | 'out_of_memory' | 'unreadable' | 'read_only' | 'unavailable' | 'other';

// Codes of ClickHouse's ErrorCodes.cpp.
const kinds: Record<number, Kind> = {
  159: 'too_slow',
  160: 'too_slow',
  243: 'disk_full',
  241: 'out_of_memory',
  // A file that cannot be split into fields.
  26: 'unreadable',
  27: 'unreadable',
  33: 'unreadable',
  117: 'unreadable',
  164: 'read_only',
  242: 'read_only',
};

/** What a server says while it starts, ends, has lost its keeper or has too much to do: the same may work later. Also where it knows us no more. */
const away: Record<number, Kind> = Object.fromEntries(
  [192, 193, 194, 202, 209, 210, 225, 236, 279, 319, 394, 516, 745, 999].map((code) => [code, 'unavailable']),
);

/** What the engine said, with the little of it that decides what happens next. `unavailable`: nothing came back that an engine would say. */
export class StoreFault extends Error {
  readonly region: RegionCode;
  readonly kind: Kind;

  private constructor(region: RegionCode, kind: Kind, message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'StoreFault';
    this.region = region;
    this.kind = kind;
  }

  /** Of the engine in this process. */
  static of(region: RegionCode, cause: unknown): StoreFault {
    const message = messageOf(cause);
    return new StoreFault(region, kindOf(codeOf(cause, message), message, kinds), message, cause);
  }

  /** Of a server: whatever is no answer of the engine itself came from the way there. */
  static ofServer(region: RegionCode, cause: unknown): StoreFault {
    const message = messageOf(cause);
    const code = codeOf(cause, message);
    if (code === 0) return StoreFault.unavailable(region, message, cause);
    return new StoreFault(region, kindOf(code, message, { ...kinds, ...away }), message, cause);
  }

  static unavailable(region: RegionCode, reason: string, cause?: unknown): StoreFault {
    const words = reason.trim() === '' ? 'nothing came back' : reason.trim().slice(0, 300);
    return new StoreFault(region, 'unavailable', `The store of region ${region} does not answer: ${words}`, cause);
  }
}

const messageOf = (cause: unknown): string => {
  // Where a name has several addresses, Node tells of each and says nothing itself.
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(messageOf).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
};

function codeOf(cause: unknown, message: string): number {
  const code = Number(/Code: (\d+)/.exec(message)?.[1] ?? (cause as { code?: unknown } | undefined)?.code ?? 0);
  return Number.isFinite(code) ? code : 0;
}

function kindOf(code: number, message: string, known: Record<number, Kind>): Kind {
  if (/No space left on device/i.test(message)) return 'disk_full';
  if (/Read-only file system/i.test(message)) return 'read_only';
  return known[code] ?? 'other';
}
