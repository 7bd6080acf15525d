import { Segmented, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Printing, Sheet } from '../../labels/template';
import { USUAL_SIZES } from '../../labels/template';
import { useDesk } from './desk';
import { NumberField } from './NumberField';

const A4: Sheet = {
  paper: 'A4',
  width_mm: 210,
  height_mm: 297,
  rows: 8,
  columns: 3,
  left_mm: 6,
  top_mm: 12,
  gap_x_mm: 2,
  gap_y_mm: 0,
};

/** The label itself: its size, the paper that it comes on, what the printer is told. */
export function LabelSettings() {
  const { t } = useTranslation();
  const { board, dispatch, may } = useDesk();
  const { present: label } = board;
  const set = (values: Parameters<typeof dispatch>[0] & { do: 'label' }) => dispatch(values);
  const size = `${label.width_mm} × ${label.height_mm}`;
  const usual = USUAL_SIZES.map(([width, height]) => `${width} × ${height}`);
  return (
    <>
      <header className="ld-panel-head">
        <span className="ld-badge">
          <Icon name="label" />
        </span>
        <span className="grow">
          <b>{t('labels.settings')}</b>
          <span className="hint">{t('labels.settingsHelp')}</span>
        </span>
      </header>
      <section className="ld-section ld-properties">
        <div className="ld-property">
          <span className="ld-label">{t('labels.size')}</span>
          <Select<string>
            size="small"
            aria-label={t('labels.usualSizes')}
            value={size}
            disabled={!may}
            options={[...new Set([size, ...usual])].map((value) => ({ value, label: `${value} mm` }))}
            onChange={(value) => {
              const [width = 60, height = 40] = value.split(' × ').map(Number);
              set({ do: 'label', values: { width_mm: width, height_mm: height } });
            }}
          />
        </div>
        <div className="ld-places ld-places-3">
          {(['width_mm', 'height_mm', 'gap_mm'] as const).map((name) => (
            <NumberField
              key={name}
              label={t(`labels.measure.${name}`)}
              inside={t(`labels.measureShort.${name}`)}
              value={label[name]}
              step={1}
              min={name === 'gap_mm' ? 0 : 3}
              max={name === 'gap_mm' ? 50 : 500}
              disabled={!may}
              onChange={(value) =>
                value !== null && set({ do: 'label', values: { [name]: value }, step: `label ${name}` })
              }
            />
          ))}
        </div>
        <div className="ld-property">
          <span className="ld-label">{t('labels.paper')}</span>
          <Segmented<'roll' | 'sheet'>
            size="small"
            aria-label={t('labels.paper')}
            disabled={!may}
            value={label.sheet === null ? 'roll' : 'sheet'}
            options={[
              { value: 'roll', label: t('labels.roll') },
              { value: 'sheet', label: t('labels.sheet') },
            ]}
            onChange={(value) => set({ do: 'label', values: { sheet: value === 'roll' ? null : A4 } })}
          />
        </div>
        {label.sheet === null ? <RollSettings /> : <SheetSettings sheet={label.sheet} />}
      </section>
    </>
  );
}

/** The sheet with its labels, to scale. */
function SheetPicture({ sheet, width, height }: { sheet: Sheet; width: number; height: number }) {
  const places = Array.from({ length: Math.min(400, sheet.rows * sheet.columns) }, (_, index) => ({
    x: sheet.left_mm + (index % sheet.columns) * (width + sheet.gap_x_mm),
    y: sheet.top_mm + Math.floor(index / sheet.columns) * (height + sheet.gap_y_mm),
  }));
  const over = places.some(
    (at) => at.x + width > sheet.width_mm + 0.1 || at.y + height > sheet.height_mm + 0.1,
  );
  return (
    <svg
      className="ld-sheet"
      viewBox={`-1 -1 ${sheet.width_mm + 2} ${sheet.height_mm + 2}`}
      aria-hidden="true"
    >
      <rect
        width={sheet.width_mm}
        height={sheet.height_mm}
        fill="var(--label-paper)"
        stroke="var(--border)"
      />
      {places.map((at, index) => (
        <rect
          key={index}
          {...at}
          width={width}
          height={height}
          rx={1.5}
          fill="var(--label-shade)"
          stroke={over ? 'var(--cinnabar)' : 'var(--label-guide)'}
        />
      ))}
    </svg>
  );
}

function SheetSettings({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation();
  const { board, dispatch, may } = useDesk();
  const names = [
    'rows',
    'columns',
    'left_mm',
    'top_mm',
    'gap_x_mm',
    'gap_y_mm',
    'width_mm',
    'height_mm',
  ] as const;
  return (
    <>
      <SheetPicture sheet={sheet} width={board.present.width_mm} height={board.present.height_mm} />
      <div className="ld-places ld-places-2">
        {names.map((name) => (
          <NumberField
            key={name}
            label={t(`labels.sheetOf.${name}`)}
            inside={t(`labels.sheetOf.${name}`)}
            value={sheet[name]}
            step={name === 'rows' || name === 'columns' ? 1 : 0.5}
            whole={name === 'rows' || name === 'columns'}
            min={name === 'rows' || name === 'columns' ? 1 : 0}
            disabled={!may}
            onChange={(value) =>
              value !== null &&
              dispatch({ do: 'label', values: { sheet: { ...sheet, [name]: value } }, step: `sheet ${name}` })
            }
          />
        ))}
      </div>
    </>
  );
}

function RollSettings() {
  const { t } = useTranslation();
  const { board, dispatch, may } = useDesk();
  const { printing } = board.present;
  const set = (change: Partial<Printing>) =>
    dispatch({
      do: 'label',
      values: { printing: { ...printing, ...change } },
      step: `printing ${Object.keys(change).join()}`,
    });
  return (
    <>
      <div className="ld-property">
        <span className="ld-label">{t('labels.darkness')}</span>
        <NumberField
          label={t('labels.darkness')}
          value={printing.darkness}
          step={1}
          whole
          empty={t('labels.asPrinter')}
          min={0}
          max={15}
          disabled={!may}
          onChange={(darkness) => set({ darkness })}
        />
        <span className="ld-label ld-label-short">{t('labels.speed')}</span>
        <NumberField
          label={t('labels.speed')}
          value={printing.speed}
          step={1}
          whole
          empty={t('labels.asPrinter')}
          min={1}
          max={14}
          disabled={!may}
          onChange={(speed) => set({ speed })}
        />
      </div>
      <div className="ld-property">
        <span className="ld-label">{t('labels.cut')}</span>
        <Segmented<Printing['cut']>
          size="small"
          aria-label={t('labels.cut')}
          value={printing.cut}
          disabled={!may}
          options={(['none', 'each', 'end'] as const).map((value) => ({
            value,
            label: t(`labels.cuts.${value}`),
          }))}
          onChange={(cut) => set({ cut })}
        />
      </div>
      <div className="ld-property">
        <span className="ld-label">{t('labels.upsideDown')}</span>
        <Switch
          size="small"
          aria-label={t('labels.upsideDown')}
          checked={printing.rotate === 180}
          disabled={!may}
          onChange={(on) => set({ rotate: on ? 180 : 0 })}
        />
        <span className="ld-label ld-label-short">{t('labels.peel')}</span>
        <Switch
          size="small"
          aria-label={t('labels.peel')}
          checked={printing.peel}
          disabled={!may}
          onChange={(peel) => set({ peel })}
        />
      </div>
    </>
  );
}
