/** What lies in the home of the database (see Placement). */
export const clusterFolder = 'cluster';
export const passwordFile = 'superuser-password';
export const socketFolder = 'socket';
