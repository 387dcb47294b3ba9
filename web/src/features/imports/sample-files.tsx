import { Menu } from '@mantine/core';
import { FeedCode, getSampleFile } from '@hub/contract/imports';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';

/** A file to try for each feed, of one of the partner's customers in the region. */
export function SampleFiles({ region }: { region: RegionCode }) {
  const { t } = useText();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className="linklike with-icon"
          title={t('imports.samples.hint', { region: regionLabels[region] })}
        >
          <IconDownload size={16} stroke={1.6} aria-hidden="true" />
          {t('imports.samples')}
          <IconChevronDown size={14} stroke={1.6} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {FeedCode.options.map((feed) => (
          <Menu.Item key={feed} component="a" href={addressOf(getSampleFile, { query: { region, feed } })} download>
            {t(`feed.${feed}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
