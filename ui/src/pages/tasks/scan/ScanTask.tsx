import { App, Button, Drawer, Dropdown } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import { problemOf } from '../../../api/problem';
import { useMay, useSession } from '../../../api/session';
import { Icon } from '../../../components/Icon';
import { ProblemAlert } from '../../../components/ProblemAlert';
import { ScanBox } from '../../../components/ScanBox';
import { useIsPhone } from '../../../components/useIsPhone';
import { useLeaving } from '../../../components/useLeaving';
import { isUploading } from '../../../files/pending';
import { nodesOf } from '../../../flows/ahead';
import type { TaskInfo } from '../../../flows/api';
import { useInstance } from '../../../flows/queries';
import { useScans } from '../../../scan/ScanContext';
import { WedgeDetector } from '../../../scan/wedge';
import { Camera } from '../../scanlists/Camera';
import { useBoxFocus } from '../../scan/useBoxFocus';
import { ActedBar } from '../Acted';
import { arranged } from '../arranging';
import { Asked } from '../Asked';
import { TaskHead } from '../TaskHead';
import { useActing } from '../useActing';
import { AnswerCard } from './AnswerCard';
import { Complete } from './Complete';
import { Counter } from './Counter';
import { MissingLines } from './MissingLines';
import { Picture } from './Picture';
import { RecentScans } from './RecentScans';
import '../../scanlists/scanlists.css';
import './scantask.css';
import { useAcknowledgeKey } from './useAcknowledgeKey';
import { useScanTask } from './useScanTask';

/** A step that is scanned (扫码): the answer is the largest thing; nothing goes on past a wrong one. */
export function ScanTask({ task }: { task: TaskInfo }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [over, setOver] = useState(false);
  const entry = useScanTask(task.id, over);
  const mayPass = useMayPass(task);
  const { desk, info } = entry;
  const picture = usePicture(task, info?.photo ?? '');
  const acting = useActing(task, { ...picture.around, done: () => setOver(true) });
  useLeaving(!over && (picture.taken || acting.written), t('tasks.leaving'));
  const stopped = desk.stopped && desk.told?.kind === 'wrong';
  const [lines, setLines] = useState(false);
  const [typing, setTyping] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const burst = useBurst(box);
  useScans((raw) => entry.scan(raw, false));
  useBoxFocus(box, phone && !typing, !desk.stopped && !over);
  useAcknowledgeKey(stopped, entry.acknowledge);
  const { more } = arranged(
    task.actions.filter((one) => one.name !== 'complete'),
    0,
  );
  const types = info?.manual !== 'forbid';
  const missing = info?.missing ?? 0;

  const input = types ? (
    <div className="st-input">
      <ScanBox
        size="big"
        ref={box}
        onScan={(raw) => entry.scan(raw, !burst())}
        placeholder={t(phone ? 'tasks.scan.box' : 'tasks.scan.boxTyped')}
      />
    </div>
  ) : (
    <p className="st-only muted">
      <Icon name="scan" size={18} /> {t('tasks.scan.noTyping')}
    </p>
  );
  const others = more.length > 0 && (
    <Dropdown
      trigger={['click']}
      placement="topLeft"
      menu={{
        items: more.map((one) => ({ key: one.name, label: one.title, danger: one.danger })),
        onClick: ({ key }) => {
          const action = more.find((one) => one.name === key);
          if (action !== undefined) acting.begin(action);
        },
      }}
    >
      <Button className="task-act-more" type="text" aria-label={t('tasks.more')}>
        <Icon name="dots" size={18} />
        <span>{t('tasks.more')}</span>
      </Button>
    </Dropdown>
  );
  const answer = <AnswerCard entry={entry} mayPass={mayPass} />;
  const counter = <Counter entry={entry} />;
  const rows = <RecentScans entry={entry} />;
  const asked = !over && task.record !== null && info !== null && info.photo !== '' && (
    <Picture
      record={task.record}
      code={info.photo}
      value={picture.value}
      problem={picture.problem}
      onChange={picture.take}
    />
  );
  const foot =
    acting.acted !== null ? (
      <ActedBar task={task} action={acting.acted.action} what={acting.acted.what} />
    ) : (
      <div className="task-bar st-bar">
        <ProblemAlert
          problem={acting.asking === null && acting.problem?.code !== 'scans_missing' ? acting.problem : null}
        />
        {stopped && phone ? (
          <Button type="primary" className="st-acknowledge" onClick={entry.acknowledge}>
            {t('tasks.scan.acknowledge')}
          </Button>
        ) : (
          <div className="task-acts">
            {others}
            {phone && types && (
              <Button
                className="task-act-more"
                type="text"
                onClick={() => {
                  setTyping(true);
                  box.current?.focus();
                }}
              >
                <Icon name="keyboard" size={18} />
                <span>{t('tasks.scan.type')}</span>
              </Button>
            )}
            <Button className="task-act-more" type="text" onClick={() => entry.pause(!desk.paused)}>
              <Icon name={desk.paused ? 'right' : 'pause'} size={18} />
              <span>{t(desk.paused ? 'tasks.scan.resume' : 'tasks.scan.pause')}</span>
            </Button>
            {phone && missing > 0 ? (
              <Button type="primary" className="task-act task-act-main" onClick={() => setLines(true)}>
                {t('tasks.scan.seeMissing', { count: missing })}
              </Button>
            ) : (
              <Complete task={task} acting={acting} entry={entry} mayPass={mayPass} />
            )}
          </div>
        )}
      </div>
    );
  return (
    <div className={stopped ? 'page task-page st-page st-stopped' : 'page task-page st-page'}>
      <TaskHead task={task} over={over} />
      <ProblemAlert problem={entry.error} />
      {phone ? (
        <>
          {!over && <Camera paused={desk.stopped || desk.paused} onScan={(raw) => entry.scan(raw, false)} />}
          {answer}
          {counter}
          {input}
          {rows}
          {asked}
          {foot}
          <Drawer
            open={lines}
            placement="bottom"
            size="86%"
            title={t('tasks.scan.missing')}
            onClose={() => setLines(false)}
            footer={
              <div className="task-acts">
                <Button className="task-act" onClick={() => setLines(false)}>
                  {t('tasks.scan.close')}
                </Button>
                <Complete task={task} acting={acting} entry={entry} mayPass={mayPass} />
              </div>
            }
          >
            <MissingLines info={info} />
          </Drawer>
        </>
      ) : (
        <div className="st-desk">
          <div className="st-left card">
            {counter}
            <MissingLines info={info} />
            {asked}
            {foot}
          </div>
          <div className="st-main">
            {answer}
            {!over && input}
            {rows}
          </div>
        </div>
      )}
      <Asked task={task} acting={acting} />
    </div>
  );
}

/** The picture that the step asks for: handed in when it is completed, or kept with the draft. */
function usePicture(task: TaskInfo, code: string) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [value, setValue] = useState<unknown>(undefined);
  const [taken, setTaken] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const drafted = task.draft.values?.[code];
  const given = value ?? drafted;
  return {
    value: given ?? task.record?.values[code] ?? null,
    /** Whether it is neither handed in nor kept. */
    taken,
    problem,
    take: (next: unknown) => {
      setValue(next);
      setTaken(true);
      setProblem(null);
    },
    around: {
      changes: () => (code === '' || given === undefined ? {} : { [code]: given }),
      ready: () => {
        if (!isUploading()) return true;
        void message.warning(t('files.uploading'));
        return false;
      },
      refused: (error: unknown) => setProblem(problemOf(error)),
      saved: () => setTaken(false),
    },
  };
}

/** Whether the reader may let something pass that the step refuses. */
function useMayPass(task: TaskInfo): boolean {
  const may = useMay();
  const roles = useSession()?.user.roles ?? [];
  const { data } = useInstance(task.instance.id);
  const said = data === undefined ? undefined : nodesOf(data.tree).get(task.node.id)?.options['override'];
  const named = (said as { roles?: unknown } | undefined)?.roles;
  return may('flows.override_scan') || (Array.isArray(named) && roles.some((one) => named.includes(one)));
}

/** Tells whether what was just handed in came from a scanner: a burst of keys that ended with Enter. */
function useBurst(box: React.RefObject<HTMLInputElement | null>): () => boolean {
  const last = useRef(false);
  useEffect(() => {
    const detector = new WedgeDetector();
    const press = (event: KeyboardEvent) => {
      if (event.target !== box.current) return;
      const code = detector.press(event);
      if (event.key === 'Enter') last.current = code !== null;
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, [box]);
  return () => last.current;
}
