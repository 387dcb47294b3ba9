import { FeedCode, getSampleFile } from '@hub/contract/imports';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { IconDownload } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';

/** A file to try for each feed, of one of the partner's customers in the region. They open in the page: a menu would weigh more than they do. */
export function SampleFiles({ region }: { region: RegionCode }) {
  const { t } = useText();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="linklike with-icon"
        aria-expanded={isOpen}
        aria-controls={id}
        title={t('imports.samples.hint', { region: regionLabels[region] })}
        onClick={() => setIsOpen(!isOpen)}
      >
        <IconDownload size={16} stroke={1.6} aria-hidden="true" />
        {t('imports.samples')}
      </button>
      <ul id={id} className="sample-files" aria-label={t('imports.samples')} hidden={!isOpen}>
        {FeedCode.options.map((feed) => (
          <li key={feed}>
            <a href={addressOf(getSampleFile, { query: { region, feed } })} download>
              {t(`feed.${feed}`)}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
