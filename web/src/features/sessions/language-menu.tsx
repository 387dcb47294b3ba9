import { Button, Menu } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { Language } from '@hub/contract/sessions';
import { languageCodes, languageNames, rememberLanguage, speak, useText } from '../../lib/i18n.ts';

/** Turns the page to another language at once. `onChosen` keeps it with the person. */
export function LanguageMenu({ isShort, onChosen }: { isShort: boolean; onChosen?: (language: Language) => void }) {
  const { t, language } = useText();
  const choose = async (next: Language) => {
    rememberLanguage(next);
    await speak(next);
    onChosen?.(next);
  };
  const word = isShort ? languageCodes[language] : languageNames[language];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          leftSection={<IconLanguage size={16} stroke={1.6} />}
          aria-label={`${t('frame.language')}: ${languageNames[language]}`}
        >
          {word}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {Language.options.map((option) => (
          <Menu.RadioItem
            key={option}
            value={option}
            lang={option}
            checked={option === language}
            closeMenuOnClick
            data-chosen={option === language || undefined}
            onChange={() => void choose(option)}
          >
            {languageNames[option]}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
