/** The reason of an acknowledgement by a single key: nobody has to type anything to say that they are on it. */
export const SEEN = 'Seen on the dashboard';
