"""What tests share: the program as a process, a terminal, the readers of what it prints."""
