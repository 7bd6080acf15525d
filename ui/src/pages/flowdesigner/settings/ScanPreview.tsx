import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Code } from '../../../components/Code';
import { Icon } from '../../../components/Icon';
import type { FlowNode } from '../../../flowdesigner/tree';
import { peopleInWords } from '../../../flowdesigner/summaries';
import { AnswerSign } from '../../scan/AnswerSign';
import '../../scan/board.css';
import { useDesk } from '../desk';
import { objectOf, useOption } from './useOption';

const SHOWN = ['missing', 'wrong_product', 'duplicate'] as const;
const CODE = 'PB2611-A0318';
/** How an answer looks: wrong stops, again warns, right goes on. */
const LOOKS = { refuse: 'wrong', warn: 'again', pass: 'right' } as const;

/** What who scans will see, with what is set now: the sign, the word, why, what to do, and the counter. */
export function ScanPreview({ node }: { node: FlowNode }) {
  const { t } = useTranslation();
  const { summaryWords } = useDesk();
  const [policies] = useOption(node, 'policies');
  const [who] = useOption(node, 'who');
  const [case_, setCase] = useState<(typeof SHOWN)[number]>('wrong_product');
  const says = (objectOf(policies)[case_] ?? 'refuse') as keyof typeof LOOKS;
  // What is scanned twice is never counted twice, whatever is set.
  const look = case_ === 'duplicate' ? (says === 'refuse' ? 'wrong' : 'again') : LOOKS[says];
  const counted = case_ === 'wrong_product' && says !== 'refuse' ? 38 : 37;
  const people = peopleInWords(who, summaryWords);
  const key = `flowdesigner.scan.preview.${case_}`;
  return (
    <section className="fw-preview" aria-label={t('flowdesigner.scan.willSee', { who: people })}>
      <header>
        <b>
          {people === ''
            ? t('flowdesigner.scan.scannerSees')
            : t('flowdesigner.scan.willSee', { who: people })}
        </b>
        <span className="hint grow">{t('flowdesigner.scan.sample')}</span>
        <Segmented<(typeof SHOWN)[number]>
          size="small"
          aria-label={t('flowdesigner.scan.previewOf')}
          value={case_}
          options={SHOWN.map((one) => ({ value: one, label: t(`flowdesigner.scan.policy.${one}`) }))}
          onChange={setCase}
        />
      </header>
      <div className={`board board-${look} fw-board`}>
        <AnswerSign kind={look} size={44} />
        <div>
          <b className="fw-board-word">{t(`${key}.${says}`)}</b>
          {case_ !== 'missing' && <Code value={CODE} copy={false} />}
          <p>{t(`${key}.why`)}</p>
          <p>{t(`${key}.do.${says}`)}</p>
        </div>
        <span className="fw-board-count">
          <b className="number">{counted}</b>/ 50
        </span>
        {says === 'refuse' && case_ !== 'missing' && (
          <small>
            <Icon name="pause" size={12} /> {t('flowdesigner.scan.stops')}
          </small>
        )}
      </div>
    </section>
  );
}
