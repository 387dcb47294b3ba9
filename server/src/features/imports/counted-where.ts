import type { Parameters } from '../../platform/regional-store/index.ts';
import { type CustomerScope, scopeCondition } from '../access/index.ts';
import type { Visibility } from './import-queries.ts';

/** The rows of a fact table that are the actor's to see and count at this moment. Every question on facts begins here. */
export function countedWhere(
  scope: CustomerScope,
  visible: Visibility,
  key: 'report_id' | 'record_id',
): { sql: string; parameters: Parameters } {
  const scoped = scopeCondition(scope);
  const superseded =
    visible.superseding.length === 0
      ? ''
      : `
      AND (${key}, batch) NOT IN (
        SELECT report_id, old_batch FROM @region.superseded
        WHERE partner_id = {scopePartner:UUID} AND by_batch IN {superseding:Array(UInt32)})`;
  // What an import replaced is marked with its number, and counts again where that import was undone.
  const replaced = visible.undone.length === 0 ? '' : ' OR replaced_by IN {undone:Array(UInt32)}';
  return {
    sql: `${scoped.sql}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0${replaced})${superseded}`,
    parameters: {
      ...scoped.parameters,
      newest: visible.newest,
      open: visible.open,
      ...(visible.superseding.length === 0 ? {} : { superseding: visible.superseding }),
      ...(visible.undone.length === 0 ? {} : { undone: visible.undone }),
    },
  };
}
