import { PersonId } from '@hub/contract/ids';
import { RenewalStage, RenewalUrgency } from '@hub/contract/renewal-rules';
import { RenewalSort } from '@hub/contract/renewals';

/** Everything the page shows, as its address has it. */
export interface RenewalsSearch {
  region?: string | undefined;
  filter?: string | undefined;
  urgency?: RenewalUrgency | undefined;
  stage?: RenewalStage | undefined;
  /** An administrator's ID, or `nobody`. */
  owner?: string | undefined;
  sort?: RenewalSort | undefined;
  order?: 'asc' | 'desc' | undefined;
  /** The subscription that stands beside the list; `list`: what if for all of them. */
  open?: string | undefined;
}

const filterLength = 4000; // as the server takes it

/** What of an address the page understands. */
export function searchOf(asked: { [Name in keyof RenewalsSearch]?: string | undefined }): RenewalsSearch {
  const { filter, owner, open } = asked;
  const isOwner = owner === 'nobody' || PersonId.safeParse(owner).success;
  return {
    region: asked.region,
    filter: filter !== undefined && filter.length <= filterLength ? filter : undefined,
    urgency: RenewalUrgency.safeParse(asked.urgency).data,
    stage: RenewalStage.safeParse(asked.stage).data,
    owner: isOwner ? owner : undefined,
    sort: RenewalSort.safeParse(asked.sort).data,
    order: asked.order === 'desc' ? 'desc' : undefined,
    open,
  };
}

export type Go = (change: RenewalsSearch, isPassing?: boolean) => void;
