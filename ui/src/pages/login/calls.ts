import { http } from '../../api/http';

export const postPassword = (old: string, fresh: string) =>
  http.post<undefined>('/me/password', { old_password: old, new_password: fresh });
