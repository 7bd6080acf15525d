import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNamed } from '../../api/operations';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { StateDot } from '../../components/StateDot';
import type { ScanDesk } from './desk';
import type { Slot } from './model';
import { filled } from './model';
import { usePart } from './useDesk';

/** The single things that an operation needs scanned, such as the box to pack into; the open one takes the next scan. */
export function SlotList({ desk }: { desk: ScanDesk }) {
  const { t } = useTranslation();
  usePart(desk, (state) => `${state.slot ?? ''} ${JSON.stringify([state.draft.subject, state.draft.slots])}`);
  usePart(desk, (state) => state.draft.fields.data);
  const { slots } = desk.shape;
  if (slots.length === 0) return null;
  const open = desk.slot()?.name;
  return (
    <ol className="slots" aria-label={t('scan.slots')}>
      {slots.map((slot) => (
        <li key={slot.name} className={slot.name === open ? 'slot slot-open' : 'slot'}>
          <SlotFace desk={desk} slot={slot} open={slot.name === open} />
        </li>
      ))}
    </ol>
  );
}

function SlotFace({ desk, slot, open }: { desk: ScanDesk; slot: Slot; open: boolean }) {
  const { t } = useTranslation();
  const named = useNamed();
  const what = filled(desk.state.draft, slot);
  const label = named(slot);
  return (
    <>
      <span className="slot-label">
        {label}
        {!slot.required && <span className="hint"> {t('scan.optional')}</span>}
      </span>
      {what === null ? (
        open ? (
          <b className="slot-wait">
            <Icon name="scan" size={16} /> {t('scan.slotOpen')}
          </b>
        ) : (
          <Button size="small" onClick={() => desk.chooseSlot(slot.name)}>
            {t('scan.slotChoose')}
          </Button>
        )
      ) : (
        <span className="row">
          <Code value={typeof what === 'string' ? what : what.code} />
          {typeof what !== 'string' && what.state !== null && <StateDot state={what.state} />}
          <Button
            type="text"
            size="small"
            icon={<Icon name="close" size={14} />}
            aria-label={t('scan.slotClear', { slot: label })}
            onClick={() => desk.clearSlot(slot)}
          />
        </span>
      )}
    </>
  );
}
