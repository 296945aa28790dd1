"""Everything that repeats the pipeline: an archive made on many cores, the day's news chosen, made and watched."""
