import { Button, Dropdown, Segmented, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Property } from '../../labels/declared';
import { shared } from '../../labels/declared';
import { isSquare } from '../../labels/elements/barcode';
import { looksOf } from '../../labels/elements/family';
import type { Box } from '../../labels/geometry';
import { around, dot, stretched } from '../../labels/geometry';
import { boxOf } from '../../labels/model';
import type { LabelElement, Rotation } from '../../labels/template';
import { useDesk } from './desk';
import { NumberField } from './NumberField';
import { PropertyField } from './PropertyField';

/** The properties of what is selected, drawn from what their kinds declare. */
export function ElementPanel({ chosen }: { chosen: LabelElement[] }) {
  const { kinds } = useDesk();
  const one = chosen.length === 1 ? chosen[0] : undefined;
  const carrier = one && kinds.carriers.find((each) => each.name === one['symbology']);
  // Its symbology stands above; several elements do not get the same content by mistake.
  const declared = shared(chosen, kinds).filter((property) =>
    one === undefined ? property.name !== 'value' : property.type !== 'carrier',
  );
  const own = new Set(declared.map((property) => property.name));
  // What only some symbologies know is shown with those alone.
  const options = carrier?.options.filter((property) => !own.has(property.name)) ?? [];
  const wanted = declared.filter((property) => concerns(property, one, carrier?.options));
  // What it says comes before where it stands.
  const first = wanted[0] !== undefined && SAYS.has(wanted[0].type) ? 1 : 0;
  return (
    <>
      <Head chosen={chosen} />
      <section className="ld-section ld-properties">
        {wanted.slice(0, first).map((property) => (
          <PropertyField key={property.name} property={property} chosen={chosen} />
        ))}
        <Placement chosen={chosen} />
        {[...wanted.slice(first), ...options].map((property) => (
          <PropertyField key={property.name} property={property} chosen={chosen} />
        ))}
      </section>
    </>
  );
}

const SAYS = new Set(['text', 'formula', 'field', 'image']);

/** Options that belong to other symbologies than the chosen one are left out. */
const OF_SYMBOLOGIES = new Set(['ratio', 'ec', 'columns', 'check_character', 'rows', 'stem']);

function concerns(
  property: Property,
  one: LabelElement | undefined,
  options: Property[] | undefined,
): boolean {
  if (one?.kind !== 'barcode' || !OF_SYMBOLOGIES.has(property.name)) {
    if (property.name === 'min_size') return one === undefined || one['shrink'] === true;
    if (property.name === 'readable_size') return one?.['readable'] !== 'none';
    return true;
  }
  return options?.some((option) => option.name === property.name) ?? true;
}

function Head({ chosen }: { chosen: LabelElement[] }) {
  const { t } = useTranslation();
  const { kinds, dispatch, may, board } = useDesk();
  const one = chosen.length === 1 ? chosen[0] : undefined;
  if (one === undefined) {
    return (
      <header className="ld-panel-head">
        <span className="ld-badge">
          <Icon name="more" />
        </span>
        <span className="grow">
          <b>{t('labels.several', { count: chosen.length })}</b>
          <span className="hint">{t('labels.severalHelp')}</span>
        </span>
      </header>
    );
  }
  const kind = kinds.elements.find((each) => each.name === one.kind);
  const carrier = kinds.carriers.find((each) => each.name === one['symbology']);
  const layer = board.present.elements.length - board.present.elements.indexOf(one);
  const square = one.kind === 'barcode' && isSquare(one['symbology']);
  return (
    <header className="ld-panel-head">
      <span className="ld-badge">
        <Icon name={square ? 'qr' : looksOf(one.kind).icon} />
      </span>
      <span className="grow">
        <b>{carrier?.label ?? kind?.label ?? one.kind}</b>
        <span className="hint">{t('labels.layerOf', { name: one.name, layer })}</span>
      </span>
      {one.kind === 'barcode' && (
        <Dropdown
          trigger={['click']}
          disabled={!may}
          menu={{
            className: 'ld-carriers',
            selectedKeys: [String(one['symbology'])],
            items: kinds.carriers.map((each) => ({ key: each.name, label: each.label })),
            onClick: ({ key }) =>
              dispatch({ do: 'set', ids: [one.id], values: { symbology: key, ...squared(one, key) } }),
          }}
        >
          <Button size="small">
            {t('labels.otherCode')} <Icon name="down" size={12} />
          </Button>
        </Dropdown>
      )}
    </header>
  );
}

/** Bars become a square and a square becomes bars with as much room as they need. */
function squared(element: LabelElement, symbology: string): Partial<Box> {
  if (isSquare(symbology) === isSquare(element['symbology'])) return {};
  if (isSquare(symbology)) return { w: Math.max(12, element.h), h: Math.max(12, element.h) };
  return { w: Math.max(36, element.w), h: Math.min(12, element.h) };
}

const ROTATIONS: readonly Rotation[] = [0, 90, 180, 270];

/** Where it is and how large, in mm. */
function Placement({ chosen }: { chosen: LabelElement[] }) {
  const { t } = useTranslation();
  const { dispatch, may, dpi } = useDesk();
  const boxes = chosen.map(boxOf);
  const frame = around(boxes);
  if (frame === null) return null;
  const free = may && chosen.some((one) => !one.locked);
  const set = (change: Partial<Box>) => {
    const next = stretched(boxes, frame, { ...frame, ...change });
    dispatch({
      do: 'place',
      boxes: Object.fromEntries(chosen.map((one, index) => [one.id, next[index] ?? boxOf(one)])),
      step: `place ${Object.keys(change).join()}`,
    });
  };
  const rotations = new Set(chosen.map((one) => one.rotation));
  return (
    <>
      <div className="ld-places">
        {(['x', 'y', 'w', 'h'] as const).map((axis) => (
          <NumberField
            key={axis}
            label={t(`labels.place.${axis}`)}
            inside={t(`labels.short.${axis}`)}
            value={Math.round(frame[axis] * 1000) / 1000}
            step={dot(dpi)}
            min={axis === 'w' || axis === 'h' ? 0.1 : null}
            disabled={!free}
            onChange={(value) => value !== null && set({ [axis]: value })}
          />
        ))}
      </div>
      <div className="ld-property">
        <span className="ld-label">{t('labels.rotation')}</span>
        <Segmented<Rotation>
          size="small"
          aria-label={t('labels.rotation')}
          disabled={!free}
          {...(rotations.size === 1 && { value: [...rotations][0] ?? 0 })}
          options={ROTATIONS.map((value) => ({ value, label: `${value}°` }))}
          onChange={(rotation) => dispatch({ do: 'turn', rotation })}
        />
        <span className="grow" />
        <Tooltip title={t('labels.remove')}>
          <Button
            type="text"
            size="small"
            aria-label={t('labels.remove')}
            icon={<Icon name="trash" size={16} />}
            disabled={!free}
            onClick={() => dispatch({ do: 'remove' })}
          />
        </Tooltip>
      </div>
    </>
  );
}
