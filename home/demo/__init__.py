"""Demo content: what `load_demo` fills a site with. Its texts are in data/demo/."""
