import { useDraggable } from '@dnd-kit/core';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../components/Icon';
import { Icon } from '../../components/Icon';
import type { Kinds } from '../../labels/declared';
import { looksOf } from '../../labels/elements/family';
import { useDesk } from './desk';

/** Something that can be put on the label: a kind of element and what it says at first. */
export interface Piece {
  kind: string;
  label: string;
  icon: IconName;
  values: Record<string, unknown>;
  size: [number, number];
}

/** What is used most comes first; kinds that are not named here follow. */
const ORDER = [
  'text',
  'field',
  'formula',
  'barcode',
  'image',
  'line',
  'rect',
  'table',
  'date',
  'counter',
  'page',
  'ellipse',
];

function rank(kind: string): number {
  const at = ORDER.indexOf(kind);
  return at === -1 ? ORDER.length : at;
}

/** Everything that the palette offers: the kinds, and the usual matrix codes beside the bars. */
export function offers(kinds: Kinds, qr: string): Piece[] {
  const ordered = [...kinds.elements].sort((a, b) => rank(a.name) - rank(b.name));
  return ordered.flatMap((kind) => {
    const looks = looksOf(kind.name);
    const piece: Piece = {
      kind: kind.name,
      label: kind.label,
      icon: looks.icon,
      values: { ...kind.example, ...looks.begin },
      size: kind.name === 'barcode' ? [36, 12] : kind.size_mm,
    };
    if (kind.name !== 'barcode') return [piece];
    return [
      piece,
      { ...piece, label: qr, icon: 'qr', values: { ...piece.values, symbology: 'qr' }, size: [16, 16] },
    ];
  });
}

/** The elements: a click puts one on free ground, dragging puts it where it belongs. */
export function Palette({ onAdd }: { onAdd: (piece: Piece) => void }) {
  const { t } = useTranslation();
  const { kinds } = useDesk();
  return (
    <section className="ld-section" aria-label={t('labels.elements')}>
      <header>
        <h2>{t('labels.elements')}</h2>
        <span className="hint">{t('labels.elementsHelp')}</span>
      </header>
      <ul className="ld-palette">
        {offers(kinds, t('labels.qr')).map((piece) => (
          <li key={piece.label}>
            <Entry piece={piece} onAdd={onAdd} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entry({ piece, onAdd }: { piece: Piece; onAdd: (piece: Piece) => void }) {
  const { may } = useDesk();
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `palette ${piece.label}`,
    data: { piece },
    disabled: !may,
  });
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={isDragging ? 'ld-offer ld-offer-dragged' : 'ld-offer'}
      disabled={!may}
      onClick={() => onAdd(piece)}
      {...listeners}
      // The keyboard's way is Enter, which puts it on free ground.
      onKeyDown={undefined}
    >
      <Icon name={piece.icon} size={18} />
      {piece.label}
    </button>
  );
}
