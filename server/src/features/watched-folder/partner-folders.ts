interface NamedPartner {
  id: string;
  name: string;
}

/** The partner that a folder is called after, by id or by name; what keeps it from being told, otherwise. */
export function partnerOfFolder(
  folder: string,
  partners: readonly NamedPartner[],
): { partnerId: string } | { why: string } {
  const byId = partners.find(({ id }) => id === folder.toLowerCase());
  if (byId !== undefined) return { partnerId: byId.id };
  const slug = slugOf(folder);
  const [first, ...others] = slug === '' ? [] : partners.filter(({ name }) => slugOf(name) === slug);
  if (first === undefined)
    return { why: `No partner of this installation is called ${folder}. Name the folder by the partner’s name or ID.` };
  if (others.length > 0)
    return { why: `More than one partner is called ${folder}. Name the folder by the partner’s ID.` };
  return { partnerId: first.id };
}

/** Letters and digits of any script, in words joined by hyphens: “Halyard Communications” is halyard-communications. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}
