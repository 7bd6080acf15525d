import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { saveBlob } from '../../api/http';
import { copyText } from '../../components/clipboard';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { SegmentedCode } from '../../components/SegmentedCode';
import { Tag } from '../../components/Tags';
import { PrintButton } from '../../printing/PrintButton';
import type { RuleSummary } from '../codes/calls';
import { split } from '../codes/segments';
import type { Made } from './calls';
import { csvOf } from './csv';

interface ResultProps {
  made: Made;
  /** The rule that made them; undefined for typed codes. */
  rule: RuleSummary | undefined;
  onClose: () => void;
}

const SHOWN = 200;

/** Whether a code is a logistic unit code (SSCC): 18 digits, the last of which is right. */
function isSscc(code: string): boolean {
  if (!/^\d{18}$/.test(code)) return false;
  const sum = Array.from(code).reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return sum % 10 === 0;
}

/** The codes that were made: to copy, to download, to look at. */
export function Result({ made, rule, onClose }: ResultProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async () => {
    await copyText(made.codes.join('\n'));
    void message.success(t('making.copied', { count: made.codes.length }));
  };
  const save = (name: string, type: string, text: string) => saveBlob(new Blob([text], { type }), name);
  return (
    <section className="card making-result" aria-label={t('making.result')}>
      <header className="card-head">
        <Icon name="check" size={20} />
        <h2 className="grow" role="status">
          {t('making.made', { count: made.count })}
        </h2>
        <Button type="text" size="small" onClick={onClose}>
          {t('making.another')}
        </Button>
      </header>
      <div className="making-body">
        {made.codes.every(isSscc) && (
          <p className="muted">
            <Tag tone="ink">SSCC</Tag> {t('making.sscc')} <span className="mono">(00) {made.first}</span>
          </p>
        )}
        <p className="making-ends">
          <Code value={made.first} size="large" />
          {made.count > 1 && (
            <>
              <span className="muted"> … </span>
              <Code value={made.last} diffFrom={made.first} size="large" />
            </>
          )}
        </p>
        <div className="row">
          <PrintButton codes={made.codes} document={String(made.event)} />
          <Button icon={<Icon name="copy" size={16} />} onClick={copy}>
            {t('making.copyAll')}
          </Button>
          <Button
            icon={<Icon name="import" size={16} />}
            onClick={() => save(`codes-${made.event}.csv`, 'text/csv', csvOf(t('code'), made.codes))}
          >
            CSV
          </Button>
          <Button
            icon={<Icon name="import" size={16} />}
            onClick={() => save(`codes-${made.event}.txt`, 'text/plain', `${made.codes.join('\r\n')}\r\n`)}
          >
            TXT
          </Button>
          <Link to={`/items/${encodeURIComponent(made.first)}`}>{t('making.openFirst')}</Link>
        </div>
        <ol className="making-codes making-all">
          {made.codes.slice(0, SHOWN).map((code) => (
            <li key={code}>
              {rule === undefined ? (
                <Code value={code} />
              ) : (
                <SegmentedCode parts={split(rule.segments, code)} />
              )}
            </li>
          ))}
        </ol>
        {made.codes.length > SHOWN && (
          <p className="hint">{t('making.shownFirst', { shown: SHOWN, count: made.codes.length })}</p>
        )}
      </div>
    </section>
  );
}
