import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SegmentedCode, segmentClass } from '../../components/SegmentedCode';
import { useMeaning } from './calls';

/** What the segments of the code say, by the rule that made it; nothing for codes of others. */
export function CodeMeaning({ code }: { code: string }) {
  const { t } = useTranslation();
  const { data } = useMeaning(code);
  const reading = data?.readings[0];
  if (reading === undefined) return null;
  return (
    <section className="card" aria-label={t('life.meaning')}>
      <div className="card-head">
        <h2>{t('life.meaning')}</h2>
        <span className="grow" />
        <Link to={`/codes/${encodeURIComponent(reading.rule)}`} className="hint">
          {reading.name} v{reading.version}
        </Link>
      </div>
      <div className="meaning">
        <SegmentedCode parts={reading.parts} />
        <dl>
          {reading.parts.map((part, index) => (
            <div key={index} className={segmentClass(part.kind)}>
              <dt className="mono">{part.text}</dt>
              <dd>{part.meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
