import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Modal, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import type { Difference } from '../../flowdesigner/differences';
import { differences } from '../../flowdesigner/differences';
import { getDrawn } from './calls';
import { useDesk } from './desk';
import type { Saving } from './useSaving';

interface ConflictProps {
  open: boolean;
  saving: Saving;
  error: unknown;
  onClose: () => void;
}

const TONES = { mine: 'green', theirs: 'ink', changed: 'amber', moved: 'grey' } as const;
const MOST = 8;

/** Somebody else was faster: who, when, and in what the drawings differ; neither of them is lost, whatever is chosen. */
export function Conflict({ open, saving, error, onClose }: ConflictProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { app, flow, board, dispatch } = useDesk();
  const theirs = useQuery({
    queryKey: ['flow-design', app, flow, 'theirs', problemOf(error)],
    queryFn: ({ signal }) => getDrawn(app, flow, signal),
    enabled: open,
    gcTime: 0,
  });
  const { data } = theirs;
  const found = data === undefined ? [] : differences(board.present, data.tree);
  const taken = (words: string) => {
    onClose();
    void message.info(t(words), 8);
  };
  return (
    <Modal
      open={open}
      title={t('flowdesigner.conflict')}
      width={560}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('flowdesigner.conflictLater')}</Button>
          <Button
            disabled={data === undefined}
            onClick={() => {
              if (data === undefined) return;
              saving.adopt(data);
              dispatch({ do: 'replace', tree: data.tree });
              taken('flowdesigner.tookTheirs');
            }}
          >
            {t('flowdesigner.takeTheirs')}
          </Button>
          <Button
            danger
            type="primary"
            disabled={data === undefined}
            loading={saving.saving.isPending}
            onClick={() => {
              if (data === undefined) return;
              const mine = board.present;
              saving.publishing.reset();
              dispatch({ do: 'replace', tree: data.tree });
              dispatch({ do: 'replace', tree: mine });
              saving.saving.mutate(true, { onSuccess: () => taken('flowdesigner.keptTheirs') });
            }}
          >
            {t('flowdesigner.overwrite')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Alert
          type="warning"
          showIcon
          title={problemOf(error).detail ?? problemOf(error).title}
          description={problemOf(error).advice}
        />
        <ProblemAlert problem={theirs.error} />
        {theirs.isPending && <Skeleton active paragraph={{ rows: 2 }} />}
        {data !== undefined && <Differences found={found} />}
        <p className="hint">{t('flowdesigner.conflictHelp')}</p>
      </div>
    </Modal>
  );
}

function Differences({ found }: { found: readonly Difference[] }) {
  const { t } = useTranslation();
  const { words } = useDesk();
  if (found.length === 0) return <p>{t('flowdesigner.noDifference')}</p>;
  return (
    <section aria-label={t('flowdesigner.differences')}>
      <ul className="fw-differences">
        {found.slice(0, MOST).map((one) => (
          <li key={one.id}>
            <b>{one.title === '' ? words.title(one.kind) : one.title}</b>
            <Tag tone={TONES[one.what]}>{t(`flowdesigner.difference.${one.what}`)}</Tag>
          </li>
        ))}
        {found.length > MOST && (
          <li className="hint">{t('flowdesigner.moreDifferences', { count: found.length - MOST })}</li>
        )}
      </ul>
    </section>
  );
}
