import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Progress } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../api/clientKey';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { BatchReply } from './calls';
import { findLines, sendCodes, sendFile, sendText } from './calls';
import { LineRow } from './LineRow';
import type { ScanListEntry } from './useScanList';

interface TakeManyProps {
  entry: ScanListEntry;
  open: boolean;
  onClose: () => void;
}

const AT_ONCE = 5000;
/** Ranges and lists in words are taken apart by the server; plain lines are sent in parts, so that progress shows. */
const PLAIN = /^[^\s,，、;；~"“”]+$/;

/** Many codes at once, pasted or out of a file; every one that was not taken is named. */
export function TakeMany({ entry, open, onClose }: TakeManyProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [column, setColumn] = useState('');
  const [share, setShare] = useState<number | null>(null);
  const [told, setTold] = useState<(BatchReply & { list: string }) | null>(null);
  const [error, setError] = useState<unknown>(null);
  const picker = useRef<HTMLInputElement>(null);
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '').length;

  const run = async (send: (list: string) => Promise<BatchReply>) => {
    setError(null);
    setTold(null);
    setShare(0);
    try {
      const list = await entry.open();
      const reply = await send(list);
      setTold({ ...reply, list });
      await entry.refresh(list);
    } catch (problem) {
      setError(problem);
    } finally {
      setShare(null);
    }
  };
  const paste = (list: string) => takeText(list, text, setShare);
  const close = () => {
    setText('');
    setTold(null);
    setError(null);
    onClose();
  };
  return (
    <Modal
      open={open}
      title={t('scanlists.many.title')}
      onCancel={close}
      // The next thing is another scan, not another paste.
      focusable={{ focusTriggerAfterClose: false }}
      afterClose={entry.touch}
      width={640}
      destroyOnHidden
      footer={
        told === null ? (
          <>
            <Button onClick={close}>{t('cancel')}</Button>
            <Button
              type="primary"
              disabled={lines === 0}
              loading={share !== null}
              onClick={() => void run(paste)}
            >
              {t('scanlists.many.ok')}
            </Button>
          </>
        ) : (
          <Button type="primary" onClick={close}>
            {t('done')}
          </Button>
        )
      }
    >
      {share !== null && <Progress percent={Math.round(share * 100)} status="active" />}
      {error !== null && <ProblemAlert problem={error} />}
      {told === null ? (
        <>
          <p className="muted">{t('scanlists.many.how')}</p>
          <Input.TextArea
            className="mono"
            autoFocus
            autoSize={{ minRows: 8, maxRows: 14 }}
            value={text}
            onChange={(event) => setText(event.target.value)}
            aria-label={t('scanlists.many.codes')}
          />
          <div className="list-file">
            <Button onClick={() => picker.current?.click()} disabled={share !== null}>
              {t('scanlists.many.file')}
            </Button>
            <Input
              className="list-file-column"
              placeholder={t('scanlists.many.column')}
              aria-label={t('scanlists.many.column')}
              value={column}
              onChange={(event) => setColumn(event.target.value)}
            />
            <input
              ref={picker}
              type="file"
              hidden
              accept=".xlsx,.csv,.txt"
              aria-label={t('scanlists.many.file')}
              onChange={(event) => {
                const file = event.target.files?.[0];
                event.target.value = '';
                if (file) void run((list) => sendFile(list, file, column.trim(), newClientKey()));
              }}
            />
          </div>
        </>
      ) : (
        <Outcome told={told} />
      )}
    </Modal>
  );
}

async function takeText(list: string, text: string, onShare: (share: number) => void): Promise<BatchReply> {
  const codes = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (!codes.every((code) => PLAIN.test(code) && !/\d[-+]/.test(code))) {
    return sendText(list, text, newClientKey());
  }
  const key = newClientKey();
  let total: BatchReply | null = null;
  for (let start = 0; start < codes.length; start += AT_ONCE) {
    const part = await sendCodes(list, codes.slice(start, start + AT_ONCE), `${key}-${start}`);
    total = total === null ? part : added(total, part);
    onShare(Math.min(1, (start + AT_ONCE) / codes.length));
  }
  if (total === null) throw new Error('nothing to send');
  return total;
}

function added(one: BatchReply, other: BatchReply): BatchReply {
  return {
    ...other,
    right: one.right + other.right,
    wrong: one.wrong + other.wrong,
    duplicate: one.duplicate + other.duplicate,
    boxes: one.boxes + other.boxes,
    first: one.first,
  };
}

function Outcome({ told }: { told: BatchReply & { list: string } }) {
  const { t } = useTranslation();
  const refused = told.wrong + told.duplicate;
  const list = useInfiniteQuery({
    queryKey: ['scan-lists', told.list, 'lines', 'refused', told.first],
    queryFn: ({ pageParam, signal }) =>
      findLines(
        told.list,
        { said: ['wrong', 'duplicate'], order: 'oldest', after: pageParam, limit: 100 },
        signal,
      ),
    initialPageParam: String(told.first - 1),
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: refused > 0,
  });
  const lines = list.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <div role="status">
      <p className="list-outcome">
        <b className="list-full">{t('scanlists.many.right', { count: told.right })}</b>
        {told.wrong > 0 && (
          <span className="list-wrong">{t('scanlists.wrongCount', { count: told.wrong })}</span>
        )}
        {told.duplicate > 0 && (
          <span className="list-again">{t('scanlists.againCount', { count: told.duplicate })}</span>
        )}
      </p>
      {refused > 0 && (
        <ol className="list-rows list-rows-refused">
          {lines.map((line) => (
            <LineRow key={line.line} line={line} />
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
    </div>
  );
}
