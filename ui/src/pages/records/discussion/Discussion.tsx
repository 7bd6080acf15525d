import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Spin } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../../api/clientKey';
import { problemOf } from '../../../api/problem';
import { EmptyState } from '../../../components/EmptyState';
import { ProblemAlert } from '../../../components/ProblemAlert';
import type { Comment } from '../../notices/calls';
import { deleteComment, listComments, patchComment, postComment } from '../../notices/calls';
import type { RecordTabProps } from '../slots';
import { CommentBox } from './CommentBox';
import { SafeText } from './SafeText';
import './discussion.css';

/** What people say about a record (讨论), newest first. */
export function Discussion({ app, form, record }: RecordTabProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const queryKey = ['comments', app, form.code, record.id];
  const [clientKey, setClientKey] = useState(newClientKey);
  const found = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => listComments(app, form.code, record.id, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  });
  const again = () => void queries.invalidateQueries({ queryKey });
  const send = useMutation({
    mutationFn: (text: string) => postComment(app, form.code, record.id, text, clientKey),
    onSuccess: () => {
      setClientKey(newClientKey());
      again();
    },
  });
  const change = useMutation({
    mutationFn: ({ id, text }: { id: number; text: string }) =>
      patchComment(app, form.code, record.id, id, text),
    onSuccess: again,
  });
  const drop = useMutation({
    mutationFn: (id: number) => deleteComment(app, form.code, record.id, id),
    onSuccess: again,
    onError: (error) => void message.error(problemOf(error).detail ?? problemOf(error).title),
  });
  const comments = found.data?.pages.flatMap((page) => page.comments) ?? [];
  const where = { app, form: form.code, record: record.id };
  return (
    <div className="talk">
      <CommentBox
        {...where}
        busy={send.isPending}
        onSend={async (text) => {
          await send.mutateAsync(text);
        }}
      />
      <ProblemAlert problem={send.error ?? found.error} />
      {found.isPending && <Spin className="table-wait" />}
      {found.isSuccess && comments.length === 0 && (
        <EmptyState icon="edit" title={t('notices.talk.empty')}>
          {t('notices.talk.emptyHow')}
        </EmptyState>
      )}
      <ol className="talk-list">
        {comments.map((one) => (
          <Entry
            key={one.id}
            comment={one}
            where={where}
            onChange={async (text) => {
              await change.mutateAsync({ id: one.id, text });
            }}
            onDelete={() => drop.mutate(one.id)}
          />
        ))}
      </ol>
      {found.hasNextPage && (
        <Button
          type="text"
          block
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('notices.talk.older')}
        </Button>
      )}
    </div>
  );
}

interface EntryProps {
  comment: Comment;
  where: { app: string; form: string; record: number };
  onChange: (text: string) => Promise<void>;
  onDelete: () => void;
}

function Entry({ comment, where, onChange, onDelete }: EntryProps) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [editing, setEditing] = useState(false);
  return (
    <li className="talk-entry">
      <span className="avatar" aria-hidden="true">
        {comment.name
          .slice(/^[\u4e00-\u9fff]/.test(comment.name) ? -1 : 0)
          .slice(0, 1)
          .toUpperCase()}
      </span>
      <div className="talk-body">
        <p className="talk-head">
          <b>{comment.name}</b>
          <time className="hint mono" dateTime={comment.at}>
            {dayjs(comment.at).format('YYYY-MM-DD HH:mm')}
          </time>
          {comment.edited_at !== null && <span className="hint">{t('notices.talk.edited')}</span>}
          {comment.own && !comment.deleted && !editing && (
            <span className="talk-act">
              <Button type="link" size="small" onClick={() => setEditing(true)}>
                {t('edit')}
              </Button>
              <Button
                type="link"
                size="small"
                onClick={() =>
                  void modal.confirm({
                    title: t('notices.talk.deleteAsk'),
                    okText: t('delete'),
                    okButtonProps: { danger: true },
                    cancelText: t('keep'),
                    onOk: onDelete,
                  })
                }
              >
                {t('delete')}
              </Button>
            </span>
          )}
        </p>
        {comment.deleted ? (
          <p className="muted talk-gone">{t('notices.talk.deleted')}</p>
        ) : editing ? (
          <CommentBox
            {...where}
            first={comment.text}
            busy={false}
            onSend={async (text) => {
              await onChange(text);
              setEditing(false);
            }}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <SafeText text={comment.text} mentions={comment.mentions} />
        )}
      </div>
    </li>
  );
}
