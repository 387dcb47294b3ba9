import { Permission, permissionsOfRole, Role, scopeOfRole } from '@hub/contract/permissions';

const roleNames: Record<Role, string> = {
  partner_full: 'Partner full administrator',
  partner_admin: 'Partner administrator',
  partner_read_only: 'Partner read-only administrator',
  help_desk_basic: 'Help desk administrator (basic)',
  help_desk_advanced: 'Help desk administrator (advanced)',
};

const permissionWords: Record<Permission, string> = {
  'customers.read': 'See customers: names, organizations, regions',
  'customers.write': 'Create, change and merge customers, link them to organizations',
  'customers.export': 'Export the customer list',
  'subscriptions.read': 'See subscriptions and trials',
  'subscriptions.write': 'Record and change subscriptions and trials, import records',
  'tags.write': 'Give, rename and remove tags',
  'groups.write': 'Make customer groups and choose their customers',
  'views.write': 'Save views of one’s own',
  'views.share': 'Share saved views with the partner',
  'imports.read': 'See imports, rejected rows and held organizations',
  'imports.write': 'Import files, cancel and retry imports, discard held rows',
  'connectors.write': 'Make, change, pause and remove connectors that fetch feeds, choose their organizations',
  'calling_usage.read': 'See and export calling usage',
  'call_legs.read': 'See call legs with people and phone numbers',
  'administrators.read': 'See administrators and open invitations',
  'administrators.write': 'Invite and remove administrators, change roles, assign customers',
  'audit.read': 'See the audit log',
  'audit.export': 'Export the audit log',
  'partner.write': 'Rename the partner',
  'deletions.write': 'Delete the data of a customer or of a person, read the receipts',
  'demo.remove': 'Remove the demo data',
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** docs/roles.md from the permission catalog. */
export function rolesDocument(): string {
  const table = [
    row(['May', 'Scope of tokens', ...Role.options.map((role) => roleNames[role])]),
    row(['---', '---', ...Role.options.map(() => ':---:')]),
    ...Permission.options.map((permission) =>
      row([
        permissionWords[permission],
        `\`${permission}\``,
        ...Role.options.map((role) => (permissionsOfRole[role].includes(permission) ? '✔' : '–')),
      ]),
    ),
    row([
      '*Sees*',
      '',
      ...Role.options.map((role) => (scopeOfRole[role] === 'all' ? 'all customers' : 'assigned customers')),
    ]),
  ];
  return `# Roles

<!-- Written by tools/docs/write-roles.ts from contract/src/permissions.ts; do not edit. -->

Who may do what. The page, the API, access tokens and the tests of every endpoint read the same catalog.

${table.join('\n')}

- **In \`hub user add --role\`** and in the API the roles are called, from left to right: ${Role.options.map((role) => `\`${role}\``).join(', ')}.
- **Assigned customers** are those that a full administrator assigned to the person, and those that the person created. Of everything else a
  partner administrator learns nothing: no name, no number, no import of others, no entry of the audit log but their own and those on their
  customers. Rows that they import for other organizations wait, as rows of unknown organizations do. Groups are told to them once a customer of
  theirs is in one, and filters of groups and shared views only where these name no customers.
- **Tags** are the whole partner's: a partner administrator sees the name of every tag, and may rename or recolor each, also one that only customers of
  others have. Merging or removing it is refused where a customer outside their assignment has it.
- **Without \`subscriptions.read\`**, as help desk roles and access tokens without that scope are, one sees names, statuses since when and why,
  products, tags and dates, but neither IDs of subscriptions and trials nor numbers of licenses nor what the provider says of an order: not in the
  list, on the page, in exports or in the audit log. A text finds no such ID, and a filter or an order by them is refused. Which customers are in a
  group is the same for everybody, and a filter or a view is told as somebody wrote it.
- **Everybody** who is signed in may change their own name, language and password, end their sessions, and make access tokens.
- **An access token** may do what its scopes name, and of that only what the role of its person includes at the time of the request. It never
  manages sessions, passwords or tokens.
- **The last full administrator** of a partner can neither be removed nor given another role.
`;
}
