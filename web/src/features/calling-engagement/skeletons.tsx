import { ChartSkeleton } from '../../ui/charts/chart-skeleton.tsx';

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
