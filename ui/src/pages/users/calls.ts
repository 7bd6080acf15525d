import { http } from '../../api/http';
import { listed } from '../../api/master';
import type { Answer } from '../../api/whole';
import type { Listed } from '../../api/master';

/** Somebody who may sign in. */
export type User = Answer<'UserShown'>;

/** A role: rights that are given together. */
export type Role = Answer<'RoleShown'>;

/** One right of a role, at a place and below it, or everywhere. */
export type Grant = Role['rights'][number];

/** A right there is. */
export type Right = Answer<'RightShown'>;

/** A department. */
export type Department = Answer<'DepartmentShown'>;

const at = (path: string, code: string) => `${path}/${encodeURIComponent(code)}`;

export const listUsers = (query: Parameters<typeof listed>[2], signal?: AbortSignal) =>
  listed('users', '/users', query, signal) as Promise<Listed<User>>;
export const getUser = (username: string) => http.get<User>(at('/users', username));
export const createUser = (body: Partial<User> & { password: string | null }) =>
  http.post<User & { password: string | null }>('/users', body);
export const changeUser = (username: string, body: Partial<User>) =>
  http.patch<User>(at('/users', username), body);
export const resetPassword = (username: string) =>
  http.post<{ password: string | null }>(`${at('/users', username)}:reset-password`, { password: null });

export const listRoles = async () => (await http.get<{ roles: Role[] }>('/roles')).roles;
export const createRole = ({ code, name, everything, rights }: Role) =>
  http.post<Role>('/roles', { code, name, everything, rights });
export const changeRole = ({ code, name, everything, rights, version }: Role) =>
  http.patch<Role>(at('/roles', code), { name, everything, rights, version });
export const deleteRole = (code: string) => http.delete<undefined>(at('/roles', code));
export const listRights = async () => (await http.get<{ rights: Right[] }>('/rights')).rights;

export const listDepartments = async () =>
  (await http.get<{ departments: Department[] }>('/departments')).departments;
export const createDepartment = ({ code, name, parent, head }: Department) =>
  http.post<Department>('/departments', { code, name, parent: parent ?? null, head: head ?? null });
export const changeDepartment = ({ code, name, parent, head, active, version }: Department) =>
  http.patch<Department>(at('/departments', code), {
    name,
    parent: parent ?? null,
    head: head ?? null,
    active,
    version,
  });
export const deleteDepartment = (code: string) => http.delete<undefined>(at('/departments', code));
