import { useMutation } from '@tanstack/react-query';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Icon } from '../../../components/Icon';
import { ProblemAlert } from '../../../components/ProblemAlert';
import type { TaskChoice } from '../../../flows/api';
import { getChoices } from '../../../flows/api';
import type { FlowButton } from '../../../flows/buttons';
import { pressButton, useFlowButtons } from '../../../flows/buttons';
import { ChoosePeople } from '../../../flows/ChoosePeople';
import { useRefreshFlows } from '../../../flows/queries';
import { useSameKey } from '../../../flows/sameKey';
import './flowtab.css';

/** So many are asked about at once; the server takes no more. */
const MOST = 100;

interface ButtonsOfProps {
  app: string;
  form: string;
  records: readonly number[];
  /** Only those that stand in lists, too. */
  list?: boolean;
  size?: 'small' | 'middle';
}

const same = (one: FlowButton, other: FlowButton) => one.flow === other.flow && one.key === other.key;

interface Press {
  button: FlowButton;
  choices: TaskChoice[];
}

/** The buttons that start flows on some records: what has to be asked is asked, and what came of it is said. */
export function ButtonsOf({ app, form, records, list = false, size = 'middle' }: ButtonsOfProps) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const refresh = useRefreshFlows();
  const found = useFlowButtons(app, form, records.slice(0, MOST));
  const [asking, setAsking] = useState<Press | null>(null);
  const [chosen, setChosen] = useState<Record<string, string[]>>({});
  const key = useSameKey();
  const buttons = found.filter((one) => one.records.length > 0 && (!list || one.in_list));
  const pressing = useMutation({
    mutationFn: async ({ button, sure }: { button: FlowButton; sure: boolean }) => {
      if (!sure) {
        const { choices } = await getChoices(app, button.flow);
        if (choices.length > 0 || button.confirm !== '') {
          setChosen({});
          setAsking({ button, choices });
          return null;
        }
      }
      const people = sure ? chosen : {};
      const own = key.of(button.flow, button.key, button.records, people);
      return (await pressButton(app, button, button.records, people, own)).results;
    },
    onSuccess: async (results) => {
      if (results === null) return;
      key.done();
      setAsking(null);
      const started = results.flatMap((one) => one.id ?? []);
      const refused = results.filter((one) => one.id === null);
      const [only] = started;
      if (started.length > 0) {
        void message.success({
          content: (
            <>
              {records.length === 1
                ? t('flows.record.started')
                : t('flows.record.startedOn', { count: started.length })}{' '}
              {started.length === 1 && only !== undefined && (
                <Button type="link" size="small" onClick={() => void navigate(`/flows/${only}`)}>
                  {t('flows.record.open')}
                </Button>
              )}
            </>
          ),
        });
      }
      if (refused.length > 0) {
        modal.warning({
          title: t('flows.record.refused', { count: refused.length }),
          content: (
            <ul className="flow-refused">
              {refused.map((one) => (
                <li key={one.record}>
                  <span className="mono">#{one.record}</span>{' '}
                  {one.problems.map((problem) => `${problem.message} ${problem.advice}`).join(' ')}
                </li>
              ))}
            </ul>
          ),
        });
      }
      await refresh();
    },
  });
  if (buttons.length === 0) return null;
  const unchosen = asking?.choices.some((one) => (chosen[one.node] ?? []).length === 0) === true;
  const named = (one: FlowButton) =>
    records.length > 1 && one.records.length < records.length
      ? t('flows.record.some', { name: one.title, count: one.records.length })
      : one.title;
  return (
    <>
      {buttons.map((one) => (
        <Button
          key={`${one.flow} ${one.key}`}
          size={size}
          title={one.name}
          icon={<Icon name="right" size={14} />}
          loading={pressing.isPending && same(pressing.variables.button, one)}
          disabled={pressing.isPending}
          onClick={() => pressing.mutate({ button: one, sure: false })}
        >
          {named(one)}
        </Button>
      ))}
      {asking === null && <ProblemAlert problem={pressing.error} />}
      <Modal
        open={asking !== null}
        title={asking?.button.title}
        okText={asking?.button.title}
        cancelText={t('cancel')}
        okButtonProps={{ disabled: unchosen, loading: pressing.isPending }}
        onCancel={() => {
          setAsking(null);
          pressing.reset();
        }}
        onOk={() => asking !== null && pressing.mutate({ button: asking.button, sure: true })}
      >
        <div className="flow-tab-choices">
          <ProblemAlert problem={pressing.error} />
          {asking !== null && asking.button.confirm !== '' && <p>{asking.button.confirm}</p>}
          {asking !== null && asking.choices.length > 0 && (
            <ChoosePeople choices={asking.choices} chosen={chosen} onChange={setChosen} tried={false} />
          )}
        </div>
      </Modal>
    </>
  );
}
