import { SkeletonRows } from '../ui/states.tsx';

export function PendingPage() {
  return (
    <div className="page">
      <div className="page-head" />
      <SkeletonRows rows={12} />
    </div>
  );
}
