import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { holdsOf } from '../../formdesigner/declared';
import { walk } from '../../formdesigner/tree';
import type { FormField } from '../../forms/model';
import { useDesk } from './desk';
import { FieldBox } from './FieldBox';

/** The form as it will look, 12 columns wide; or as on a phone, where everything takes the whole row. */
export function Canvas({ phone }: { phone: boolean }) {
  const { t } = useTranslation();
  const { board, dispatch, name, mark } = useDesk();
  return (
    <div
      className="fd-scroll"
      onClick={(event) => {
        if (event.target === event.currentTarget) dispatch({ do: 'select', ids: [] });
      }}
    >
      <div className={phone ? 'fd-paper fd-phone' : 'fd-paper'} data-container="">
        <header className="fd-paper-head" onClick={() => dispatch({ do: 'select', ids: [] })}>
          <h2>{name}</h2>
        </header>
        <Fields fields={board.present} within={null} />
        <div className={`fd-drop ${board.present.length === 0 ? 'fd-drop-all' : ''}`}>
          {mark?.place.within === null && mark.at === null && <span className="fd-line fd-line-bottom" />}
          <Icon name="plus" size={16} />
          {t(board.present.length === 0 ? 'formdesigner.dropFirst' : 'formdesigner.drop')}
        </div>
      </div>
    </div>
  );
}

/** The fields of the form, or of a section. */
export function Fields({ fields, within }: { fields: readonly FormField[]; within: string | null }) {
  return (
    <div className="fd-grid" data-container={within ?? ''}>
      {fields.map((one) => (
        <FieldBox key={one.id} field={one} />
      ))}
    </div>
  );
}

/** How many fields and sub-tables there are. */
export function Counts() {
  const { t } = useTranslation();
  const { board, kinds } = useDesk();
  const all = walk(board.present);
  const rows = all.filter((one) => holdsOf(one, kinds) === 'rows').length;
  const fields = all.filter((one) => holdsOf(one, kinds) === 'value').length;
  return (
    <span className="hint">
      {t('formdesigner.counts', { fields })}
      {rows > 0 && t('formdesigner.countTables', { rows })}
    </span>
  );
}
