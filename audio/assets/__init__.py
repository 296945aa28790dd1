"""Pictures and sounds that come with the program, made by a script and free of rights."""
