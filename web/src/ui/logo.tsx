/** The capacity bar three times: used, assigned, the notch at what was bought. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path fill="var(--used)" d="M1 3h10v4H1zM1 8.5h18v3.6H1z" />
      <path fill="var(--assigned)" d="M1 13.6h7.5v4H1z" />
      <path fill="var(--ink)" d="M13.6 .5h2v19h-2z" />
    </svg>
  );
}
