"""Parts shared by the commands; standard library only, they run before anything is installed."""
