import { useDraggable } from '@dnd-kit/core';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../components/Icon';
import { Icon } from '../../components/Icon';
import { segmentClass } from '../../components/SegmentedCode';
import type { Kinds, Segment } from './calls';

const ICONS: Record<string, IconName> = {
  constant: 'label',
  product: 'product',
  date: 'calendar',
  field: 'list',
  counter: 'plus',
  random: 'scan',
  check: 'shield',
};

interface PaletteProps {
  kinds: Kinds;
  /** Missing when the user may only look. */
  onAdd: ((segment: Segment) => void) | undefined;
}

/** The kinds of segments by group: a click appends one, dragging puts it where it belongs. */
export function Palette({ kinds, onAdd }: PaletteProps) {
  const { t } = useTranslation();
  return (
    <section className="card codes-palette" aria-label={t('codes.palette')}>
      <header className="card-head">
        <h2>{t('codes.palette')}</h2>
        <span className="hint">{t('codes.paletteHelp')}</span>
      </header>
      <div className="codes-palette-groups">
        {kinds.groups.map(({ group, label }) => (
          <section key={group} aria-label={label}>
            <h3>{label}</h3>
            <ul>
              {kinds.kinds
                .filter((kind) => kind.group === group)
                .flatMap((kind) => [
                  { key: kind.kind, label: kind.label, segment: kind.example },
                  ...kind.presets.map((preset) => ({ key: preset.label, ...preset })),
                ])
                .map((entry) => (
                  <li key={entry.key}>
                    <PaletteEntry label={entry.label} segment={entry.segment} onAdd={onAdd} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

function PaletteEntry({
  label,
  segment,
  onAdd,
}: {
  label: string;
  segment: Segment;
  onAdd: PaletteProps['onAdd'];
}) {
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `palette ${label}`,
    data: { segment },
    disabled: onAdd === undefined,
  });
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={`palette-entry ${segmentClass(segment.kind)} ${isDragging ? 'palette-dragged' : ''}`}
      disabled={onAdd === undefined}
      onClick={() => onAdd?.(segment)}
      {...listeners}
      // The keyboard's way is Enter, which appends; moving is done on the chips.
      onKeyDown={undefined}
    >
      <Icon name={ICONS[segment.kind] ?? 'label'} size={16} />
      {label}
    </button>
  );
}
