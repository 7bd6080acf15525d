import { AutoComplete, Button, Divider, Dropdown, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../components/Icon';
import { Icon } from '../../components/Icon';
import { useScans } from '../../scan/ScanContext';
import type { Action } from '../../labels/model';
import { DOTS_PER_MM } from '../../labels/template';
import { useDesk } from './desk';
import { LIFE_SIZE } from './useView';

interface ToolbarProps {
  zoom: number;
  fit: () => void;
  zoomBy: (factor: number) => void;
  zoomTo: (zoom: number) => void;
}

interface Tool {
  icon: IconName;
  words: string;
  action: Action;
  /** How many must be selected. */
  least: number;
}

const TOOLS: (Tool | null)[] = [
  { icon: 'alignLeft', words: 'labels.align.left', action: { do: 'align', side: 'left' }, least: 1 },
  { icon: 'alignCentre', words: 'labels.align.centre', action: { do: 'align', side: 'centre' }, least: 1 },
  { icon: 'alignRight', words: 'labels.align.right', action: { do: 'align', side: 'right' }, least: 1 },
  { icon: 'alignTop', words: 'labels.align.top', action: { do: 'align', side: 'top' }, least: 1 },
  { icon: 'alignMiddle', words: 'labels.align.middle', action: { do: 'align', side: 'middle' }, least: 1 },
  { icon: 'alignBottom', words: 'labels.align.bottom', action: { do: 'align', side: 'bottom' }, least: 1 },
  null,
  { icon: 'spreadAcross', words: 'labels.align.across', action: { do: 'distribute', axis: 'x' }, least: 3 },
  { icon: 'spreadDown', words: 'labels.align.down', action: { do: 'distribute', axis: 'y' }, least: 3 },
  { icon: 'sameWidth', words: 'labels.align.width', action: { do: 'same', which: 'w' }, least: 2 },
  { icon: 'sameHeight', words: 'labels.align.height', action: { do: 'same', which: 'h' }, least: 2 },
  null,
  { icon: 'toFront', words: 'labels.align.front', action: { do: 'order', order: 'front' }, least: 1 },
  { icon: 'toBack', words: 'labels.align.back', action: { do: 'order', order: 'back' }, least: 1 },
];

/** Above the canvas: lining up, snapping, zoom, and whose data is shown. */
export function Toolbar({ zoom, fit, zoomBy, zoomTo }: ToolbarProps) {
  const { t } = useTranslation();
  const { board, dispatch, may, dpi, snap, setSnap, grid, setGrid } = useDesk();
  const zooms = [50, 100, 200, 400, 800].map((percent) => ({ key: `${percent}`, label: `${percent} %` }));
  return (
    <div className="ld-toolbar" role="toolbar" aria-label={t('labels.tools')}>
      {TOOLS.map((tool, index) =>
        tool === null ? (
          <Divider key={index} orientation="vertical" />
        ) : (
          <ToolButton
            key={tool.words}
            icon={tool.icon}
            words={t(tool.words)}
            disabled={!may || board.selected.length < tool.least}
            onClick={() => dispatch(tool.action)}
          />
        ),
      )}
      <Divider orientation="vertical" />
      <ToolButton icon="grid" words={t('labels.grid')} on={grid} onClick={() => setGrid(!grid)} />
      <ToolButton
        icon="magnet"
        words={`${t('labels.snap')} ${t('labels.snapDot', { mm: (1 / DOTS_PER_MM[dpi]).toFixed(3) })}`}
        on={snap}
        onClick={() => setSnap(!snap)}
      />
      <span className="grow" />
      <ToolButton icon="minus" words={t('labels.zoomOut')} onClick={() => zoomBy(1 / 1.25)} />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [{ key: 'fit', label: t('labels.fit') }, { type: 'divider' }, ...zooms],
          onClick: ({ key }) => (key === 'fit' ? fit() : zoomTo((Number(key) / 100) * LIFE_SIZE)),
        }}
      >
        <button type="button" className="ld-zoom number" aria-label={t('labels.zoom')}>
          {Math.round((zoom / LIFE_SIZE) * 100)} %
        </button>
      </Dropdown>
      <ToolButton icon="plus" words={t('labels.zoomIn')} onClick={() => zoomBy(1.25)} />
      <ToolButton icon="fit" words={t('labels.fit')} onClick={fit} />
      <Divider orientation="vertical" />
      <SamplePicker />
    </div>
  );
}

interface ToolButtonProps {
  icon: IconName;
  words: string;
  on?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

function ToolButton({ icon, words, on, disabled = false, onClick }: ToolButtonProps) {
  return (
    <Tooltip title={words} mouseEnterDelay={0.5}>
      <Button
        type="text"
        size="small"
        className={on === true ? 'ld-tool ld-tool-on' : 'ld-tool'}
        icon={<Icon name={icon} size={16} />}
        aria-label={words}
        {...(on !== undefined && { 'aria-pressed': on })}
        disabled={disabled}
        onClick={onClick}
      />
    </Tooltip>
  );
}

/** Whose data: leafing through, typing, or scanning a code. */
export function SamplePicker() {
  const { t } = useTranslation();
  const { samples } = useDesk();
  const { codes, code, choose, step } = samples;
  // Null while nobody types: a code that only now arrives must not fall into what is being typed.
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft ?? code ?? '';
  const take = (next: string) => {
    choose(next === '' ? (codes[0] ?? null) : next);
    setDraft(null);
  };
  useScans((raw) => choose(raw.trim()));
  const offered = codes.filter((one) => typed === code || one.toLowerCase().includes(typed.toLowerCase()));
  return (
    <span className="ld-sample">
      <span className="hint ld-wide">{t('labels.sample')}</span>
      <Button
        type="text"
        size="small"
        icon={<Icon name="left" size={14} />}
        aria-label={t('labels.sampleBefore')}
        disabled={step === undefined}
        onClick={() => step?.(-1)}
      />
      <AutoComplete
        className="mono"
        size="small"
        value={typed}
        aria-label={t('labels.sample')}
        placeholder={t('labels.noSample')}
        options={offered.slice(0, 20).map((value) => ({ value }))}
        // Enter takes what was typed, never the first of a list that has not caught up with it.
        defaultActiveFirstOption={false}
        onChange={(value: string) => setDraft(value)}
        onSelect={(value: string) => take(value)}
        onBlur={() => draft !== null && take(draft.trim())}
        onInputKeyDown={(event) => {
          const now = event.currentTarget.value.trim();
          if (event.key === 'Enter' && now !== '') take(now);
        }}
        popupMatchSelectWidth={false}
      />
      <Button
        type="text"
        size="small"
        icon={<Icon name="right" size={14} />}
        aria-label={t('labels.sampleNext')}
        disabled={step === undefined}
        onClick={() => step?.(1)}
      />
    </span>
  );
}
