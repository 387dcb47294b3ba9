import { headKpis } from './kpis.ts';

/** Blocks in the place of the numbers. They stand still. */
export function StripSkeleton() {
  return (
    <div className="kpi-strip" aria-hidden="true">
      {headKpis.map(({ key }) => (
        <div key={key} className="kpi">
          <span className="block" style={{ width: 96, height: 12 }} />
          <span className="block" style={{ width: 72, height: 24, marginBlock: 10 }} />
          <span className="block" style={{ width: 128, height: 12 }} />
        </div>
      ))}
    </div>
  );
}

/** A view before its code has come: two pictures side by side. */
export function ViewSkeleton() {
  return (
    <div className="two-charts">
      <div className="chart-half">
        <ChartSkeleton height={360} />
      </div>
      <div className="chart-half">
        <ChartSkeleton height={360} />
      </div>
    </div>
  );
}

/** A chart's title and its ground, in CSS pixels. */
export function ChartSkeleton({ height }: { height: number }) {
  return (
    <div aria-hidden="true">
      <span className="block" style={{ width: 220, height: 14, marginBlock: 9 }} />
      <span className="block block-ground" style={{ height }} />
    </div>
  );
}
