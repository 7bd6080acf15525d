import { useSortable, SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { Tooltip } from 'antd';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { isSquare } from '../../labels/elements/barcode';
import { looksOf } from '../../labels/elements/family';
import type { LabelElement } from '../../labels/template';
import { asRead, fieldOf } from '../../labels/values';
import { useDesk } from './desk';

/** All elements, the uppermost first. */
export function Layers() {
  const { t } = useTranslation();
  const { board } = useDesk();
  const layers = [...board.present.elements].reverse();
  return (
    <section className="ld-section ld-layers-section" aria-label={t('labels.layers')}>
      <header>
        <h2>{t('labels.layers')}</h2>
        <span className="hint number">{layers.length}</span>
      </header>
      {layers.length === 0 ? (
        <p className="hint ld-nothing">{t('labels.noLayers')}</p>
      ) : (
        <SortableContext items={layers.map((one) => one.id)} strategy={verticalListSortingStrategy}>
          <ul className="ld-layers" role="listbox" aria-multiselectable aria-label={t('labels.layers')}>
            {layers.map((one) => (
              <Layer key={one.id} element={one} />
            ))}
          </ul>
        </SortableContext>
      )}
    </section>
  );
}

function Layer({ element }: { element: LabelElement }) {
  const { t } = useTranslation();
  const { board, dispatch, may, raster, fields } = useDesk();
  const [naming, setNaming] = useState(false);
  const { setNodeRef, listeners, transform, transition } = useSortable({
    id: element.id,
    data: { layer: element.id },
    disabled: !may || naming,
  });
  const chosen = board.selected.includes(element.id);
  const looks = looksOf(element.kind);
  const doubtful = raster?.checks.some((check) => check.element === element.id) === true;
  const said = looks.says?.(element) ?? '';
  const says = fieldOf(said, fields)?.label ?? asRead(said, fields).replaceAll(/[{}]/g, '');

  const choose = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      const ids = chosen ? board.selected.filter((id) => id !== element.id) : [...board.selected, element.id];
      dispatch({ do: 'select', ids });
    } else dispatch({ do: 'select', ids: [element.id] });
  };
  const set = (values: Record<string, unknown>) => dispatch({ do: 'set', ids: [element.id], values });
  const keys = (event: KeyboardEvent<HTMLLIElement>) => {
    if (event.target !== event.currentTarget) return;
    const down = event.key === 'ArrowDown';
    if (down || event.key === 'ArrowUp') {
      event.preventDefault();
      event.stopPropagation();
      if (event.altKey && may) dispatch({ do: 'order', order: down ? 'backward' : 'forward' });
      else {
        const next = down
          ? event.currentTarget.nextElementSibling
          : event.currentTarget.previousElementSibling;
        if (next instanceof HTMLElement) next.focus();
      }
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      if (may) setNaming(true);
    }
  };
  return (
    <li
      ref={setNodeRef}
      role="option"
      aria-selected={chosen}
      aria-label={element.name}
      tabIndex={chosen || board.selected.length === 0 ? 0 : -1}
      className={['ld-layer', chosen && 'ld-chosen', element.hidden && 'ld-hidden'].filter(Boolean).join(' ')}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      onClick={choose}
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible') && event.target === event.currentTarget)
          dispatch({ do: 'select', ids: [element.id] });
      }}
      onDoubleClick={() => may && setNaming(true)}
      onKeyDown={keys}
      {...listeners}
    >
      <Icon
        name={element.kind === 'barcode' && isSquare(element['symbology']) ? 'qr' : looks.icon}
        size={15}
      />
      {naming ? (
        <input
          className="ld-rename"
          defaultValue={element.name}
          aria-label={t('labels.rename')}
          maxLength={60}
          // The field appears where the eyes and the hand already are.
          autoFocus
          onPointerDown={(event) => event.stopPropagation()}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') setNaming(false);
          }}
          onBlur={(event) => {
            const name = event.currentTarget.value.trim();
            if (name !== '') set({ name });
            setNaming(false);
          }}
        />
      ) : (
        <span className="ld-layer-name">
          {element.name}
          {says !== '' && says !== element.name && <span className="hint">{says}</span>}
        </span>
      )}
      {doubtful && (
        <span className="ld-doubt" title={t('labels.doubtful')}>
          <Icon name="warning" size={14} />
        </span>
      )}
      <Eye
        on={element.locked}
        icons={['lock', 'unlock']}
        words={[t('labels.unlock'), t('labels.lock')]}
        onClick={() => set({ locked: !element.locked })}
      />
      <Eye
        on={element.hidden}
        icons={['hidden', 'eye']}
        words={[t('labels.show'), t('labels.hide')]}
        onClick={() => set({ hidden: !element.hidden })}
      />
    </li>
  );
}

interface EyeProps {
  on: boolean;
  icons: ['lock' | 'hidden', 'unlock' | 'eye'];
  words: [string, string];
  onClick: () => void;
}

function Eye({ on, icons, words, onClick }: EyeProps) {
  const { may } = useDesk();
  return (
    <Tooltip title={words[on ? 0 : 1]} mouseEnterDelay={0.6}>
      <button
        type="button"
        className={on ? 'ld-eye ld-eye-on' : 'ld-eye'}
        aria-label={words[on ? 0 : 1]}
        disabled={!may}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation();
          onClick();
        }}
      >
        <Icon name={icons[on ? 0 : 1]} size={15} />
      </button>
    </Tooltip>
  );
}
