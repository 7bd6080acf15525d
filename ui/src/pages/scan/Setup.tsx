import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { OperationFields } from '../../components/OperationFields';
import type { ScanDesk } from './desk';
import { useLacking } from './PostBar';
import { SlotList } from './SlotList';
import { usePart } from './useDesk';

/** What the operation needs besides the scans. */
export const Setup = memo(function Setup({ desk }: { desk: ScanDesk }) {
  const fields = usePart(desk, (state) => state.draft.fields);
  const refused = usePart(desk, (state) => state.fresh && state.problem !== null);
  const { names } = useLacking(desk);
  const shown = refused ? names : names.filter((name) => name === 'place');
  return (
    <div className="setup">
      <SlotList desk={desk} />
      <OperationFields
        kind={desk.kind}
        values={fields}
        onChange={(change) => desk.setFields(change)}
        without={desk.shape.slots.map((slot) => slot.name)}
        lacking={shown}
      />
    </div>
  );
});

/** The same in one line, for the phone; a touch opens the form. */
export function SetupLine({ desk, onOpen }: { desk: ScanDesk; onOpen: () => void }) {
  const { t } = useTranslation();
  const fields = usePart(desk, (state) => state.draft.fields);
  const { names } = useLacking(desk);
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
