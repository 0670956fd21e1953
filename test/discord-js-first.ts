// The versions of undici in a process share one dispatcher, that of the first one loaded, and discord.js
// can't upload by a newer one's. In the bot it is the first; a worker has loaded whatever tests asked for.
import 'discord.js';
