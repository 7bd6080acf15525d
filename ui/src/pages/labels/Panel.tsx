import { useTranslation } from 'react-i18next';
import { selectedOf } from '../../labels/model';
import { Checks } from './Checks';
import { useDesk } from './desk';
import { ElementPanel } from './ElementPanel';
import { LabelSettings } from './LabelSettings';
import { PrintPanel } from './PrintPanel';
import type { Saving } from './useSaving';

/** At the right: what is selected, else the label itself; what is doubtful; printing. */
export function Panel({ saving }: { saving: Saving }) {
  const { t } = useTranslation();
  const { board, code, samples, dpi } = useDesk();
  const chosen = selectedOf(board);
  return (
    <aside className="ld-right" aria-label={t('labels.properties')}>
      <div className="ld-right-scroll">
        {chosen.length === 0 ? (
          <LabelSettings />
        ) : (
          <ElementPanel key={board.selected.join(' ')} chosen={chosen} />
        )}
        <Checks />
        <PrintPanel
          code={code}
          published={saving.published}
          draft={saving.draft}
          sample={samples.code}
          offered={samples.codes}
          dpi={dpi}
          sheets={board.present.sheet !== null}
        />
      </div>
    </aside>
  );
}
