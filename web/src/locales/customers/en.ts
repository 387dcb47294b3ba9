/** English words of the customer list and the customer page. They arrive with those pages. */
export const en = {
  // Statuses
  'status.why': 'Why this status?',
  'status.suspended': 'Suspended',
  'status.license_overage': 'License overage',
  'status.expired': 'Expired',
  'status.expires_soon': 'Expires soon',
  'status.ready_for_order_setup': 'Ready for order setup',
  'status.no_recent_activity': 'No recent activity',
  'status.trial': 'Trial',
  'status.subscription': 'Subscription',
  'status.since': 'Since {date}',
  'status.sinceFuture': 'From {date}',
  'status.none': 'No status',

  // Why a status applies, beside its word
  'brief.payment': '{days, plural, =0 {unpaid since today} one {unpaid for # day} other {unpaid for # days}}',
  'brief.over': '+{over, number}',
  'brief.ended': '{days, plural, =0 {today} one {# day ago} other {# days ago}}',
  'brief.left': '{days, plural, =0 {ends today} one {# day left} other {# days left}}',
  'brief.trialLeft': '{days, plural, =0 {trial, ends today} one {trial, # day left} other {trial, # days left}}',
  'brief.setup': '{orders, plural, one {# order} other {# orders}}',
  'brief.inactive': '{days, plural, one {for # day} other {for # days}}',
  'brief.neverSignedIn': 'never signed in',
  'brief.renews': '{days, plural, =0 {renews today} one {renews in # day} other {renews in # days}}',

  // Why a status applies, as a sentence
  'why.past_due':
    '{days, plural, =0 {Payment is overdue on {reference} since today} one {Payment has been overdue on {reference} for # day} other {Payment has been overdue on {reference} for # days}}',
  'why.payment_suspended':
    '{days, plural, =0 {{reference} was suspended today for an overdue payment} one {{reference} has been suspended for # day for an overdue payment} other {{reference} has been suspended for # days for an overdue payment}}',
  'why.over':
    '{over, plural, one {# license} other {# licenses}} over for {product} on {reference} {days, plural, =0 {since today} one {for # day} other {for # days}}',
  'why.ended':
    '{kind, select, trial {Trial} other {Subscription}} {reference} {days, plural, =0 {ended today} one {ended # day ago} other {ended # days ago}}',
  'why.ends':
    '{kind, select, trial {Trial} other {Subscription}} {reference} {days, plural, =0 {ends today} one {ends in # day} other {ends in # days}}',
  'why.setup.pending_setup':
    '{reference} waits to be set up {days, plural, =0 {since today} one {for # day now} other {for # days now}}',
  'why.setup.provisioning':
    '{reference} is being set up by the provider {days, plural, =0 {since today} one {for # day now} other {for # days now}}',
  'why.setup.updating':
    '{reference} is being changed by the provider {days, plural, =0 {since today} one {for # day now} other {for # days now}}',
  'why.setup.pending_rpl_review':
    '{reference} waits for the provider’s review of its address {days, plural, =0 {since today} one {for # day now} other {for # days now}}',
  'why.inactive':
    '{days, plural, one {No administrator of this customer has signed in for # day} other {No administrator of this customer has signed in for # days}}',
  'why.neverSignedIn': 'No administrator of this customer has ever signed in',
  'why.active': '{kind, select, trial {Trial} other {Subscription}} {reference} is active',
  'why.activeUntil': '{kind, select, trial {Trial} other {Subscription}} {reference} runs until {date}',
  'why.renews': '{reference} {days, plural, =0 {renews today} one {renews in # day} other {renews in # days}}',

  // What to do next
  'next.suspended': 'Check the payment',
  'next.license_overage': 'Compare licenses',
  'next.expired': 'See what ended',
  'next.expires_soon': 'Renew or extend',
  'next.ready_for_order_setup': 'Go to the order',
  'next.no_recent_activity': 'Contact the customer',
  'next.trial': 'Go to the trial',
  'next.subscription': 'Go to the subscription',

  // Tags
  'tags.further': '{count, plural, one {# more tag: {names}} other {# more tags: {names}}}',
} as const;

export type CustomersMessageId = keyof typeof en;
