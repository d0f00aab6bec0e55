"""Where releases come from: the files that travel with the program, UNHCR's folders, and its API."""
