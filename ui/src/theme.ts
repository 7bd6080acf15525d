import type { ThemeConfig } from 'antd';
import { theme as antdTheme } from 'antd';

/**
 * Every colour of the product, light and dark. Styles use the CSS variables made from these names
 * (`ink` → `var(--ink)`), never a colour of their own.
 *
 * Text keeps a contrast of at least 4.5 on the card, borders at least 3.
 */
const light = {
  ink: '#1F3A5F', // what you act on, what is chosen
  inkFill: '#1F3A5F', // primary buttons, with onInk on it
  onInk: '#FFFFFF',
  cinnabar: '#C8372D', // seal, destroying, wrong
  cinnabarFill: '#C8372D',
  green: '#17774A', // right, released
  amber: '#8F5A00', // doubtful, soon due
  teal: '#0E7480', // scanning, under way
  violet: '#6B4FA0', // sold, to be filled in
  text: '#1A1F26',
  textSecond: '#535B66',
  textHint: '#6C737D',
  border: '#8A8F97', // where something can be typed
  borderSoft: '#C9CBC8', // of buttons, which their words show as well
  paper: '#FAFAF7',
  card: '#FFFFFF',
  raised: '#FFFFFF',
  head: '#F3F2EC', // table heads, disabled
  line: '#E6E4DC',
  rail: '#F3F2EC',
  inkTint: '#E8EDF4',
  greenTint: '#E6F3EC',
  amberTint: '#FDF3DF',
  redTint: '#FBEBE9',
  tealTint: '#E2F1F2',
  violetTint: '#EFEAF7',
  redText: '#A82A21', // on redTint
  dotAmber: '#C27C00', // dots need less contrast than words and more colour
  right: '#17774A',
  onRight: '#FFFFFF',
  wrong: '#C8372D',
  onWrong: '#FFFFFF',
  again: '#F0A830',
  onAgain: '#2B1C00',
  shadow: 'rgb(26 31 38 / 12%)',
  veil: 'rgb(26 31 38 / 28%)', // over the page while a drawer or dialog is open
  focus: 'rgb(31 58 95 / 18%)',
  // The parts of a code, one colour per kind of segment (码段) everywhere.
  segConstant: '#535B66',
  segProduct: '#7D4E2D',
  segDate: '#2566A8',
  segField: '#0E7480',
  segCounter: '#1F3A5F',
  segRandom: '#9A2F6B',
  segCheck: '#6B4FA0',
  // The label designer: paper and ink are those of the printer, in the dark as well.
  labelPaper: '#FFFFFF',
  labelInk: '#000000',
  labelGrid: '#E9EEF5',
  labelGuide: '#2B66C4',
  labelShade: '#D6E1F3',
  labelBadge: '#B0741A',
  // On the coloured strip of a step in the flow designer, whose colour is the same in the dark.
  stripLight: '#FFFFFF',
  stripDark: '#1A1F26',
};

/** The names of all colours. */
export type Palette = typeof light;

const dark: Palette = {
  ink: '#8FB3E0',
  inkFill: '#3F6EA8',
  onInk: '#FFFFFF',
  cinnabar: '#F2857A',
  cinnabarFill: '#CB4237',
  green: '#4FC58C',
  amber: '#F0B451',
  teal: '#4DB6BF',
  violet: '#B39BE0',
  text: '#E8EAED',
  textSecond: '#A9B1BC',
  textHint: '#929BA7',
  border: '#6B7684',
  borderSoft: '#465261',
  paper: '#0F141B',
  card: '#171E27',
  raised: '#1F2833',
  head: '#1F2833',
  line: '#2C3744',
  rail: '#131923',
  inkTint: '#22334A',
  greenTint: '#163A2B',
  amberTint: '#3B2F16',
  redTint: '#43231F',
  tealTint: '#14373B',
  violetTint: '#2E2745',
  redText: '#F6A69E',
  dotAmber: '#F0B451',
  right: '#17774A',
  onRight: '#FFFFFF',
  wrong: '#CB4237',
  onWrong: '#FFFFFF',
  again: '#F0A830',
  onAgain: '#2B1C00',
  shadow: 'rgb(0 0 0 / 45%)',
  veil: 'rgb(0 0 0 / 55%)',
  focus: 'rgb(143 179 224 / 28%)',
  segConstant: '#A9B1BC',
  segProduct: '#D3A27F',
  segDate: '#6FB1F2',
  segField: '#4DB6BF',
  segCounter: '#E8EAED',
  segRandom: '#F08CC0',
  segCheck: '#B39BE0',
  labelPaper: '#FFFFFF',
  labelInk: '#000000',
  labelGrid: '#E9EEF5',
  labelGuide: '#2B66C4',
  labelShade: '#2A456C',
  labelBadge: '#B0741A',
  stripLight: '#FFFFFF',
  stripDark: '#1A1F26',
};

/** Light or dark. */
export type Mode = 'light' | 'dark';

export const palettes: Record<Mode, Palette> = { light, dark };

const SANS =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';
const MONO =
  '"JetBrains Mono", ui-monospace, "Cascadia Mono", Menlo, Consolas, "Noto Sans CJK SC", monospace';

/** The CSS variables of a mode, as the text of a style element. */
export function cssVariables(mode: Mode): string {
  const colours = Object.entries(palettes[mode]).map(([name, value]) => `--${kebab(name)}: ${value};`);
  return `:root { color-scheme: ${mode}; --sans: ${SANS}; --mono: ${MONO}; ${colours.join(' ')} }`;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What Ant Design needs to look like us; without motion, menus and dialogs are there at once. */
export function antdConfig(mode: Mode, motion: boolean): ThemeConfig {
  const c = palettes[mode];
  return {
    algorithm: mode === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      colorPrimary: c.inkFill,
      colorInfo: c.ink,
      colorLink: c.ink,
      colorSuccess: c.green,
      colorWarning: c.amber,
      colorError: c.cinnabar,
      colorSuccessBg: c.greenTint,
      colorWarningBg: c.amberTint,
      colorErrorBg: c.redTint,
      colorInfoBg: c.inkTint,
      colorText: c.text,
      colorTextSecondary: c.textSecond,
      colorTextTertiary: c.textHint,
      colorTextDescription: c.textSecond,
      colorTextPlaceholder: c.textHint,
      colorBgLayout: c.paper,
      colorBgContainer: c.card,
      colorBgElevated: c.raised,
      colorBgMask: c.veil,
      colorBgContainerDisabled: c.head,
      colorBorder: c.border,
      colorBorderSecondary: c.line,
      colorSplit: c.line,
      fontFamily: SANS,
      fontFamilyCode: MONO,
      fontSize: 14,
      lineHeight: 22 / 14,
      borderRadius: 6,
      borderRadiusLG: 6,
      borderRadiusSM: 4,
      controlHeight: 32,
      wireframe: false,
      motion,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: componentTokens(c),
  };
}

function componentTokens(c: Palette): NonNullable<ThemeConfig['components']> {
  return {
    Button: {
      defaultBorderColor: c.borderSoft,
      primaryShadow: 'none',
      defaultShadow: 'none',
      dangerShadow: 'none',
      colorErrorActive: c.cinnabarFill,
      borderColorDisabled: c.line,
    },
    Table: {
      headerBg: c.head,
      headerColor: c.textSecond,
      headerSplitColor: 'transparent',
      borderColor: c.line,
      rowHoverBg: c.paper,
      rowSelectedBg: c.inkTint,
      rowSelectedHoverBg: c.inkTint,
      cellPaddingBlockSM: 5,
      cellPaddingInlineSM: 12,
    },
    Tabs: {
      itemSelectedColor: c.ink,
      inkBarColor: c.ink,
      itemHoverColor: c.ink,
      horizontalItemPadding: '8px 0',
    },
    Card: { headerFontSize: 14, bodyPadding: 16 },
    Segmented: { itemSelectedBg: c.inkFill, itemSelectedColor: c.onInk, trackBg: c.head },
    Tree: { nodeSelectedBg: c.inkTint, directoryNodeSelectedBg: c.inkTint },
    Drawer: { paddingLG: 16 },
    Select: { optionSelectedBg: c.inkTint },
    Collapse: { colorBorder: c.line, headerBg: c.paper, contentBg: c.card },
  };
}
