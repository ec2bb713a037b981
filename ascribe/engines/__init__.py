"""Where the pipeline is called: `local` reads in this process or in several on this machine."""
