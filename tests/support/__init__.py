"""What tests share: the program, in this process or its own; a terminal; readers of what is printed."""
