import type { HealthRow } from '@hub/contract/health-score';
import { CustomerId } from '@hub/contract/ids';
import { Link } from '@tanstack/react-router';

export function CustomerLink({ row }: { row: HealthRow }) {
  return (
    <Link
      to="/customers/$customerId"
      params={{ customerId: CustomerId.parse(row.customerId) }}
      className="name"
      preload={false}
      title={row.customerName}
    >
      {row.customerName}
    </Link>
  );
}
