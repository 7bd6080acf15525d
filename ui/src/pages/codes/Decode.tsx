import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemAlert } from '../../components/ProblemAlert';
import { ScanBox } from '../../components/ScanBox';
import { SegmentedCode, segmentClass } from '../../components/SegmentedCode';
import { Tag } from '../../components/Tags';
import { useScans } from '../../scan/ScanContext';
import { decodeCode } from './calls';

/** Takes a code back into what its segments say, by every rule and version that can have made it. */
export function Decode() {
  const { t } = useTranslation();
  const decode = useMutation({ mutationFn: decodeCode });
  useScans((raw) => decode.mutate(raw));
  const readings = decode.data?.readings;
  return (
    <div className="decode">
      <ScanBox
        onScan={(raw) => decode.mutate(raw)}
        placeholder={t('codes.decodePlaceholder')}
        busy={decode.isPending}
      />
      <div aria-live="polite">
        <ProblemAlert problem={decode.error} />
        {readings?.length === 0 && (
          <p className="decode-none">
            <b className="mono">{decode.variables}</b> {t('codes.notOurs')}
          </p>
        )}
        {readings?.map((reading) => (
          <article key={`${reading.rule} ${reading.version}`}>
            <p className="row">
              <SegmentedCode parts={reading.parts} size="large" />
              <Link to={`/codes/${encodeURIComponent(reading.rule)}`}>{reading.name}</Link>
              <Tag tone={reading.in_force ? 'green' : 'grey'}>v{reading.version}</Tag>
            </p>
            <ul className="decode-parts">
              {reading.parts.map((part) => (
                <li key={part.segment} className={segmentClass(part.kind)}>
                  <b className="mono">{part.text}</b>
                  <span>{part.meaning}</span>
                </li>
              ))}
            </ul>
          </article>
        ))}
      </div>
    </div>
  );
}
