/** A chart's title and its ground, in CSS pixels. */
export function ChartSkeleton({ height }: { height: number }) {
  return (
    <div aria-hidden="true">
      <span className="block" style={{ width: 220, height: 14, marginBlock: 9 }} />
      <span className="block block-ground" style={{ height }} />
    </div>
  );
}
