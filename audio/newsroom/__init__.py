"""Everything that repeats the pipeline: many articles at once, and an edition every day."""
