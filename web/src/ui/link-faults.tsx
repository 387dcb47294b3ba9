import { Glyph } from './glyph.tsx';

/** Says what of an address cannot be shown, and what is shown in its place; nothing without faults. */
export function LinkFaults({ faults, shown }: { faults: readonly string[]; shown: string }) {
  return (
    <output>
      {faults.length === 0 ? null : (
        <p className="notice link-faults">
          <Glyph name="late" />
          <span className="wrap">
            {faults.join(' ')} {shown}
          </span>
        </p>
      )}
    </output>
  );
}
