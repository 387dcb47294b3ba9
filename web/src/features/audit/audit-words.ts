import type { AuditEvent } from '@hub/contract/audit';
import type { MessageId } from '../../locales/en.ts';
import type { Translate } from '../../lib/i18n.ts';

const actions: Partial<Record<string, MessageId>> = {
  'customers.create': 'act.customers.create',
  'customers.link': 'act.customers.link',
  'customers.change': 'act.customers.change',
  'customers.merge': 'act.customers.merge',
  'customers.merged': 'act.customers.merged',
  'customers.sign_in': 'act.customers.sign_in',
  'customers.export': 'act.customers.export',
  'subscriptions.create': 'act.subscriptions.create',
  'subscriptions.change': 'act.subscriptions.change',
  'subscriptions.remove': 'act.subscriptions.remove',
  'renewals.change': 'act.renewals.change',
  'trials.start': 'act.trials.start',
  'trials.change': 'act.trials.change',
  'trials.remove': 'act.trials.remove',
  'tags.assign': 'act.tags.assign',
  'tags.change': 'act.tags.change',
  'tags.merge': 'act.tags.merge',
  'tags.remove': 'act.tags.remove',
  'tags.restore': 'act.tags.restore',
  'groups.create': 'act.groups.create',
  'groups.change': 'act.groups.change',
  'groups.remove': 'act.groups.remove',
  'groups.assign': 'act.groups.assign',
  'views.share': 'act.views.share',
  'views.unshare': 'act.views.unshare',
  'views.remove': 'act.views.remove',
  'bulk_jobs.start': 'act.bulk_jobs.start',
  'bulk_jobs.cancel': 'act.bulk_jobs.cancel',
  'bulk_jobs.undo': 'act.bulk_jobs.undo',
  'record_imports.import': 'act.record_imports.import',
  'statuses.change_policy': 'act.statuses.change_policy',
  'calling.change_policy': 'act.calling.change_policy',
  'subscription_analytics.change_rule': 'act.subscription_analytics.change_rule',
  'health_score.change_policy': 'act.health_score.change_policy',
  'deletions.ask': 'act.deletions.ask',
  'deletions.ask_person': 'act.deletions.ask_person',
  'deletions.let_in': 'act.deletions.let_in',
  'deletions.remove_customer': 'act.deletions.remove_customer',
  'deletions.end': 'act.deletions.end',
  'retention.change': 'act.retention.change',
  'retention.remove': 'act.retention.remove',
  'imports.upload': 'act.imports.upload',
  'imports.discard_upload': 'act.imports.discard_upload',
  'imports.unpack': 'act.imports.unpack',
  'imports.queue': 'act.imports.queue',
  'imports.map': 'act.imports.map',
  'imports.change_mapping': 'act.imports.change_mapping',
  'imports.copy_mapping': 'act.imports.copy_mapping',
  'imports.remove_mapping': 'act.imports.remove_mapping',
  'imports.commit': 'act.imports.commit',
  'imports.fail': 'act.imports.fail',
  'imports.cancel': 'act.imports.cancel',
  'imports.retry': 'act.imports.retry',
  'imports.undo': 'act.imports.undo',
  'imports.release_held': 'act.imports.release_held',
  'imports.discard_held': 'act.imports.discard_held',
  'connectors.create': 'act.connectors.create',
  'connectors.change': 'act.connectors.change',
  'connectors.remove': 'act.connectors.remove',
  'connectors.pause': 'act.connectors.pause',
  'connectors.resume': 'act.connectors.resume',
  'connectors.run': 'act.connectors.run',
  'connectors.renew_token': 'act.connectors.renew_token',
  'connectors.leave_out': 'act.connectors.leave_out',
  'connectors.take_in': 'act.connectors.take_in',
  'administrators.invite': 'act.administrators.invite',
  'administrators.renew_invitation': 'act.administrators.renew_invitation',
  'administrators.withdraw_invitation': 'act.administrators.withdraw_invitation',
  'administrators.join': 'act.administrators.join',
  'administrators.change_role': 'act.administrators.change_role',
  'administrators.assign': 'act.administrators.assign',
  'administrators.assign_groups': 'act.administrators.assign_groups',
  'administrators.remove': 'act.administrators.remove',
  'tokens.create': 'act.tokens.create',
  'tokens.revoke': 'act.tokens.revoke',
  'audit.export': 'act.audit.export',
  'demo.load': 'act.demo.load',
  'demo.loaded': 'act.demo.loaded',
  'demo.remove': 'act.demo.remove',
  'demo.removed': 'act.demo.removed',
  'sessions.set_up': 'act.sessions.set_up',
  'sessions.create_person': 'act.sessions.create_person',
  'sessions.sign_in': 'act.sessions.sign_in',
  'sessions.sign_out': 'act.sessions.sign_out',
  'sessions.sign_out_everywhere': 'act.sessions.sign_out_everywhere',
  'sessions.switch_partner': 'act.sessions.switch_partner',
  'sessions.change_password': 'act.sessions.change_password',
  'sessions.set_password': 'act.sessions.set_password',
  'sessions.change_partner': 'act.sessions.change_partner',
  'sessions.change_profile': 'act.sessions.change_profile',
};

const targetKinds: Partial<Record<string, MessageId>> = {
  customer: 'target.customer',
  deletion: 'target.deletion',
  import: 'target.import',
  connector: 'target.connector',
  mapping: 'target.mapping',
  invitation: 'target.invitation',
  organization: 'target.organization',
  partner: 'target.partner',
  person: 'target.person',
  subscription: 'target.subscription',
  trial: 'target.trial',
  tag: 'target.tag',
  group: 'target.group',
  view: 'target.view',
  bulk_job: 'target.bulk_job',
  record_import: 'target.record_import',
  token: 'target.token',
};

/** An act in words; one that the page does not know yet stays as it is logged. */
export function actionWords(action: string, t: Translate): string {
  const id = actions[action];
  return id === undefined ? action : t(id);
}

export function targetKindWords(kind: string, t: Translate): string {
  const id = targetKinds[kind];
  return id === undefined ? kind : t(id);
}

export function actorName({ kind, name }: AuditEvent['actor'], t: Translate): string {
  if (kind === 'operator') return t('audit.operator');
  if (kind === 'system') return t('audit.system');
  return name ?? t('audit.gone');
}
