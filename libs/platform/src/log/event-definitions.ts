// How an event and its fields are declared: the closed list is both what the compiler and what the writer go by.

export type FieldKind = 'text' | 'number' | 'flag';

/** Event name → the fields it may carry. */
export type EventList = Readonly<Record<string, Readonly<Record<string, FieldKind>>>>;

interface KindType {
  text: string;
  number: number;
  flag: boolean;
}

/** The fields of one event as the caller gives them. */
export type FieldsOf<Fields extends Readonly<Record<string, FieldKind>>> = {
  readonly [Name in keyof Fields]: KindType[Fields[Name]];
};
