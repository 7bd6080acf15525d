import { useTranslation } from 'react-i18next';
import type { Kinds, Segment } from './calls';
import { TEMPLATES } from './templates';
import { SegmentWords } from './VersionsCard';

/** What stands in place of the specimen while there is none: rules to begin with. */
export function Templates({ kinds, onTake }: { kinds: Kinds; onTake: (segments: Segment[]) => void }) {
  const { t } = useTranslation();
  return (
    <div className="templates">
      <p className="muted">{t('codes.begin')}</p>
      <ul>
        {TEMPLATES.map((template) => (
          <li key={template.key}>
            <button type="button" onClick={() => onTake(template.segments)}>
              <b>{t(`codes.template.${template.key}.name`)}</b>
              <span className="hint">{t(`codes.template.${template.key}.help`)}</span>
              <SegmentWords segments={template.segments} kinds={kinds} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
