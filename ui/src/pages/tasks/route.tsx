import { TaskBadge } from '../../flows/TaskBadge';
import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'tasks',
    title: 'tasks.title',
    nav: { icon: 'tasks', group: 'work', order: 5, phone: true, Badge: TaskBadge },
    load: async () => ({ Page: (await import('./TasksPage')).TasksPage }),
  },
  {
    path: 'tasks/:id',
    title: 'tasks.one',
    parent: 'tasks',
    load: async () => ({ Page: (await import('./TaskPage')).TaskPage }),
  },
];
