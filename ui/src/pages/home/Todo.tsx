import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import type { PressingTasks } from '../../flows/api';
import { usePressing } from '../../flows/queries';
import type { WorkKind } from '../tasks/kinds';
import { workKind } from '../tasks/kinds';
import { TaskLine } from '../tasks/TaskLine';
import '../tasks/tasks.css';

const MOST = 8;
const MOST_PHONE = 5;
const ORDER: WorkKind[] = ['approve', 'scan', 'count', 'fill', 'start', 'other'];

/** What waits for the reader (我的待办): what is late first, then the oldest, each one press away. */
export function Todo() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const found = usePressing();
  const [asked, setAsked] = useState<WorkKind | null>(null);
  const { data } = found;
  const kinds = data === undefined ? [] : kindsOf(data);
  // The last of a kind was done meanwhile: everything is shown again.
  const kind = kinds.some(([name]) => name === asked) ? asked : null;
  const rows = (data?.tasks ?? []).filter((one) => kind === null || workKind(one.kind) === kind);
  const shown = rows.slice(0, phone ? MOST_PHONE : MOST);
  const count = kind === null ? (data?.count ?? 0) : (kinds.find(([name]) => name === kind)?.[1] ?? 0);
  const rest = count - shown.length;
  return (
    <section className="card todo" aria-label={t('home.todo.title')}>
      <div className="card-head">
        <h2>{t('home.todo.title')}</h2>
        {data !== undefined && data.count > 0 && <span className="todo-count number">{data.count}</span>}
        {data !== undefined && data.late > 0 && (
          <span className="todo-late">{t('home.todo.late', { count: data.late })}</span>
        )}
        <span className="grow" />
        <Link to="/tasks" className="todo-all">
          {rest > 0 ? t('home.todo.rest', { count: rest }) : t('home.todo.all')} ›
        </Link>
      </div>
      {kinds.length > 1 && (
        <div className="todo-kinds" role="group" aria-label={t('home.todo.kinds')}>
          {kinds.map(([name, number]) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === kind}
              onClick={() => setAsked(name === kind ? null : name)}
            >
              <b className="number">{number}</b> {t(`home.todo.kind.${name}`)}
            </button>
          ))}
        </div>
      )}
      {found.isPending && <Waiting rows={3} />}
      {found.isError && <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />}
      {data?.count === 0 && (
        <p className="todo-none">
          <Icon name="check" size={20} />
          <span>
            <b>{t('tasks.empty.todo')}</b>
            <span className="hint">{t('tasks.empty.todoHow')}</span>
          </span>
        </p>
      )}
      <ul>
        {shown.map((one) => (
          <TaskLine key={one.id} task={one} box="todo" chosen={false} onChoose={undefined} order="pressing" />
        ))}
      </ul>
    </section>
  );
}

/** Lines as high as those that will stand there, so that nothing moves when they come. */
function Waiting({ rows }: { rows: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('home.todo.wait')}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className="todo-wait" aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}

/** How many there are of each kind of work, in an order that stays. */
function kindsOf(found: PressingTasks): [WorkKind, number][] {
  const counts = new Map<WorkKind, number>();
  for (const [name, count] of Object.entries(found.kinds)) {
    counts.set(workKind(name), (counts.get(workKind(name)) ?? 0) + count);
  }
  return [...counts].sort(([one], [other]) => ORDER.indexOf(one) - ORDER.indexOf(other));
}
