import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { OperationFields } from '../../components/OperationFields';
import type { ScanDesk } from './desk';
import { useLacking } from './PostBar';
import { SlotList } from './SlotList';
import { useStore } from './useDesk';

/** What the operation needs besides the scans. */
export function Setup({ desk }: { desk: ScanDesk }) {
  const { draft, fresh, problem } = useStore(desk);
  const { names } = useLacking(desk);
  const shown = fresh && problem !== null ? names : names.filter((name) => name === 'place');
  return (
    <div className="setup">
      <SlotList desk={desk} />
      <OperationFields
        kind={desk.kind}
        values={draft.fields}
        onChange={(change) => desk.setFields(change)}
        without={desk.shape.slots.map((slot) => slot.name)}
        lacking={shown}
      />
    </div>
  );
}

/** The same in one line, for the phone; a touch opens the form. */
export function SetupLine({ desk, onOpen }: { desk: ScanDesk; onOpen: () => void }) {
  const { t } = useTranslation();
  const { draft } = useStore(desk);
  const { names } = useLacking(desk);
  const { fields } = draft;
  const parts = [
    fields.place === null ? null : `→ ${fields.place}`,
    fields.from === null ? null : `${t('scan.field.from')} ${fields.from}`,
    fields.partner,
    fields.document,
  ].filter((part) => part !== null && part !== '');
  const needsPlace = names.includes('place');
  return (
    <>
      <button type="button" className="setup-line card" onClick={onOpen}>
        <span className={needsPlace ? 'setup-lacks' : 'mono'}>
          {needsPlace ? t('scan.placeFirst') : parts.length > 0 ? parts.join(' · ') : t('scan.setupNone')}
        </span>
        <Icon name="edit" size={16} />
      </button>
      <SlotList desk={desk} />
    </>
  );
}
