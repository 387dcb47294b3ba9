import { createTheme, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core';

const tuple = (colors: string): MantineColorsTuple => colors.split(' ') as unknown as MantineColorsTuple;

const ink = { background: 'transparent', hover: 'var(--hover)', color: 'var(--ink)', border: '1px solid transparent' };

/** Grounds and text from the tokens in tokens.css: two themes, one place. `danger` asks first, `danger-filled` does it. */
const variantColorResolver: VariantColorsResolver = ({ variant }) => {
  switch (variant) {
    case 'filled':
      return {
        background: 'var(--acc)',
        hover: 'var(--acc-hover)',
        color: 'var(--on-acc)',
        border: '1px solid var(--acc)',
      };
    case 'danger':
      return { ...ink, hover: 'var(--red-tint)', color: 'var(--red)', border: '1px solid var(--red)' };
    case 'danger-filled':
      return { background: 'var(--red)', hover: 'var(--red)', color: 'var(--sheet)', border: '1px solid var(--red)' };
    case 'quiet':
      return { ...ink, border: '1px solid var(--hair2)' };
    case 'subtle':
    case 'transparent':
      return { ...ink, color: 'var(--ink2)' };
    default:
      return { ...ink, background: 'var(--sheet)', border: '1px solid var(--ctl)' };
  }
};

const popover = { shadow: 'md', radius: 'md', transitionProps: { transition: 'fade', duration: 160 } } as const;

export const theme = createTheme({
  primaryColor: 'lagoon',
  primaryShade: { light: 8, dark: 4 },
  colors: {
    lagoon: tuple('#E4F3F2 #CAE8E9 #A8EEE8 #8AE3DF #66D2CE #4FB9B6 #429B9C #0B7174 #096567 #065254'),
    gray: tuple('#FAF9F6 #F6F5F1 #F3F2ED #E7E5DF #D2CFC6 #B5B2A8 #858279 #676B6C #505456 #1A1D1E'),
    dark: tuple('#E8ECEB #ADB7B8 #8E999B #728084 #364347 #232C2F #1B2325 #12181A #0F1517 #0C1112'),
  },
  white: '#FFFFFF',
  black: '#1A1D1E',
  fontFamily: "'Inter Variable', 'Noto Sans KR Variable', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace, 'Noto Sans KR Variable'",
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '20px', xl: '28px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    Button: { defaultProps: { variant: 'default', size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 30 } },
    Menu: { defaultProps: popover },
    Popover: { defaultProps: popover },
    Select: {
      defaultProps: { checkIconPosition: 'right', allowDeselect: false, withScrollArea: false, comboboxProps: popover },
    },
    Tooltip: {
      defaultProps: {
        openDelay: 300,
        transitionProps: { duration: 120 },
        events: { hover: true, focus: true, touch: true },
      },
    },
  },
});
