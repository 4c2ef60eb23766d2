export interface Room {
  readonly path: string;
  readonly runsIn: string;
  readonly holds: string;
  readonly imports: readonly string[] | 'every room';
}
export const ROOMS: readonly Room[];
export function roomOf(path: string): Room;
