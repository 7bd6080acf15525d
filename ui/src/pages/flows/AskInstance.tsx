import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { FlowNode, FlowSaying, InstanceInfo, TaskAction } from '../../flows/api';
import { nodesOf, standing } from '../../flows/ahead';
import { PeoplePicker } from '../../flows/PeoplePicker';
import { useFlowKinds } from '../../flows/queries';

interface AskInstanceProps {
  action: TaskAction;
  instance: InstanceInfo;
  busy: boolean;
  problem: unknown;
  onClose: () => void;
  onSend: (saying: FlowSaying) => void;
}

/** What an action on a whole flow asks: why, whom, where to; ending it is typed. */
export function AskInstance({ action, instance, busy, problem, onClose, onSend }: AskInstanceProps) {
  const { t } = useTranslation();
  const kinds = useFlowKinds();
  const { name: kind, title } = action;
  const [comment, setComment] = useState('');
  const [people, setPeople] = useState<string[]>([]);
  const [node, setNode] = useState<string>();
  const [typed, setTyped] = useState('');
  const [step, setStep] = useState<number>();
  const word = t('flows.act.endWord');
  const jump = kind === 'jump';
  const open = [...standing(instance.steps).values()]
    .filter((one) => one.state === 'open' || one.state === 'failed')
    .filter((one) => one.kind !== 'parallel');
  const nodes = nodesOf(instance.tree);
  const called = (node: FlowNode | undefined) =>
    node === undefined ? '' : node.title === '' ? kinds.nodeTitle(node.kind) : node.title;
  const steps = [...nodes.values()]
    .filter((one) => kinds.node(one.kind)?.work ?? ['approve', 'fill', 'scan'].includes(one.kind))
    .map((one) => ({ value: one.id, label: called(one) }));
  const stands = open.map((one) => ({ value: one.id, label: called(nodes.get(one.node)) }));
  const names = kind === 'reassign' ? stands.map((one) => one.label).join('、') : '';
  const which = (kind === 'reassign' || jump) && stands.length > 1;
  const picks = kind === 'reassign' || kind === 'copy';
  const ready =
    (action.comment !== 'must' || comment.trim() !== '') &&
    (!which || step !== undefined) &&
    (!picks || people.length > 0) &&
    (!jump || node !== undefined) &&
    (kind !== 'end' || typed === word);
  const titles: Partial<Record<string, string>> = {
    withdraw: t('flows.act.withdrawAsk'),
    reassign: t('flows.act.reassignAsk', { node: names }),
    jump: t('flows.act.jumpAsk'),
    end: t('flows.act.endAsk'),
  };
  const hows: Partial<Record<string, string>> = {
    withdraw: t('flows.act.withdrawHow'),
    jump: t('flows.act.jumpHow'),
    end: t('flows.act.endHow'),
  };
  const send = () => {
    if (!ready) return;
    onSend({
      comment,
      ...(picks && { to: people }),
      ...(which && step !== undefined && { step }),
      ...(jump && node !== undefined && { to: [node] }),
    });
  };
  return (
    <Modal
      open
      title={titles[kind] ?? title}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="primary"
            danger={kind === 'end' || jump}
            disabled={!ready}
            loading={busy}
            onClick={send}
          >
            {kind === 'end' ? t('flows.act.endDo') : title}
          </Button>
        </>
      }
    >
      <div className="instance-asks">
        <ProblemAlert problem={problem} />
        {hows[kind] !== undefined && <p>{hows[kind]}</p>}
        {which && (
          <label>
            <span>{t('flows.act.which')}</span>
            <Select<number>
              className="field-wide"
              value={step ?? null}
              options={stands}
              onChange={setStep}
              aria-label={t('flows.act.which')}
            />
          </label>
        )}
        {picks && (
          <label>
            <span>{t(kind === 'copy' ? 'flows.act.copyTo' : 'flows.act.reassignTo')}</span>
            <PeoplePicker value={people} onChange={setPeople} autoFocus />
          </label>
        )}
        {jump && (
          <label>
            <span>{t('flows.act.jumpTo')}</span>
            <Select<string>
              className="field-wide"
              value={node ?? null}
              options={steps}
              onChange={setNode}
              aria-label={t('flows.act.jumpTo')}
            />
          </label>
        )}
        <label>
          <span>
            {t('flows.act.reason')}
            {action.comment === 'must' && <b className="field-must"> *</b>}
          </span>
          <Input.TextArea rows={2} value={comment} onChange={(event) => setComment(event.target.value)} />
        </label>
        {kind === 'end' && (
          <label>
            <span>{t('flows.act.endType', { word })}</span>
            <Input value={typed} onChange={(event) => setTyped(event.target.value)} />
          </label>
        )}
      </div>
    </Modal>
  );
}
