/** ARCHITECTURE.md with the table as the rooms have it. */
export function withRooms(text: string): string;
