import { Button, Modal, Radio, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tracking } from '../../api/master';
import { Icon } from '../../components/Icon';
import { Tag } from '../../components/Tags';
import type { Advice, Answers } from './advise';
import { advise, QUESTIONS } from './advise';
import './products.css';

const NAMES = Object.keys(QUESTIONS) as (keyof Answers)[];
const TRACKINGS: Tracking[] = ['sku', 'batch', 'serial'];
const FACTS = ['object', 'aim', 'fits', 'effort'];

interface GuideProps {
  open: boolean;
  onClose: () => void;
  /** Take the advice over into the form. */
  onTake: (advice: Advice, answers: Answers) => void;
}

/** The choosing guide (选型向导): a few questions, and an advice with its reasons. */
export function Guide({ open, onClose, onTake }: GuideProps) {
  const { t } = useTranslation();
  const [answers, setAnswers] = useState<Partial<Answers>>({});
  const [at, setAt] = useState(0);
  const name = NAMES[at];
  const complete = name === undefined ? (answers as Answers) : null;
  const close = () => {
    onClose();
    setAt(0);
    setAnswers({});
  };
  return (
    <Modal
      open={open}
      onCancel={close}
      footer={null}
      width={680}
      title={t('products.guide.title')}
      destroyOnHidden
    >
      <Steps
        size="small"
        current={at}
        responsive={false}
        className="guide-steps"
        items={NAMES.map((one) => ({
          title: <span className="visually-hidden">{t(`products.guide.${one}.ask`)}</span>,
        }))}
      />
      {name !== undefined && (
        <Question
          name={name}
          value={answers[name]}
          onChoose={(value) => {
            setAnswers({ ...answers, [name]: value });
            setAt(at + 1);
          }}
        />
      )}
      {complete && <AdviceView advice={advise(complete)} />}
      <div className="drawer-foot">
        {at > 0 && <Button onClick={() => setAt(at - 1)}>{t('previous')}</Button>}
        <span className="grow" />
        {complete && (
          <Button
            type="primary"
            onClick={() => {
              onTake(advise(complete), complete);
              close();
            }}
          >
            {t('products.guide.take')}
          </Button>
        )}
      </div>
    </Modal>
  );
}

interface QuestionProps {
  name: keyof Answers;
  value: string | undefined;
  onChoose: (value: string) => void;
}

function Question({ name, value, onChoose }: QuestionProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="guide-question">
      <legend>{t(`products.guide.${name}.ask`)}</legend>
      <Radio.Group value={value ?? null} className="choice-cards">
        {QUESTIONS[name].map((choice) => (
          <Radio key={choice} value={choice} onClick={() => onChoose(choice)}>
            <b>{t(`products.guide.${name}.${choice}`)}</b>
            <span className="hint">{t(`products.guide.${name}.${choice}Hint`)}</span>
          </Radio>
        ))}
      </Radio.Group>
    </fieldset>
  );
}

function AdviceView({ advice }: { advice: Advice }) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <div>
        <h3 className="guide-answer">
          {t('products.guide.advice')} <Tag tone="ink">{t(`tracking.${advice.tracking}`)}</Tag>
          {advice.batchManaged && <Tag tone="teal">{t('products.batchManaged')}</Tag>}
        </h3>
        <ul>
          {advice.reasons.map((reason) => (
            <li key={reason} className="row">
              <Icon name="check" size={16} /> {t(`products.guide.because.${reason}`)}
            </li>
          ))}
        </ul>
      </div>
      <table className="guide-table">
        <thead>
          <tr>
            <th />
            {TRACKINGS.map((tracking) => (
              <th key={tracking} className={tracking === advice.tracking ? 'guide-chosen' : ''}>
                {t(`tracking.${tracking}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FACTS.map((fact) => (
            <tr key={fact}>
              <th scope="row">{t(`products.guide.table.${fact}`)}</th>
              {TRACKINGS.map((tracking) => (
                <td key={tracking} className={tracking === advice.tracking ? 'guide-chosen' : ''}>
                  {t(`products.guide.table.${tracking}.${fact}`)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
