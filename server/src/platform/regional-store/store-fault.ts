import type { RegionCode } from '@hub/contract/regions';

// Codes of ClickHouse's ErrorCodes.cpp.
const kinds: Record<number, 'too_slow' | 'disk_full' | 'out_of_memory' | 'unreadable'> = {
  159: 'too_slow',
  160: 'too_slow',
  243: 'disk_full',
  241: 'out_of_memory',
  // A file that cannot be split into fields.
  26: 'unreadable',
  27: 'unreadable',
  33: 'unreadable',
  117: 'unreadable',
};

/** What the engine said, with the little of it that decides what happens next. */
export class StoreFault extends Error {
  readonly region: RegionCode;
  readonly kind: 'too_slow' | 'disk_full' | 'out_of_memory' | 'unreadable' | 'other';

  private constructor(region: RegionCode, kind: StoreFault['kind'], message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'StoreFault';
    this.region = region;
    this.kind = kind;
  }

  static of(region: RegionCode, cause: unknown): StoreFault {
    const message = cause instanceof Error ? cause.message : String(cause);
    const code = Number(/Code: (\d+)/.exec(message)?.[1] ?? (cause as { code?: unknown }).code ?? 0);
    const kind = kinds[code] ?? (/No space left on device/i.test(message) ? 'disk_full' : 'other');
    return new StoreFault(region, kind, message, cause);
  }
}
