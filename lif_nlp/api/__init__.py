"""The Python interface: workspace, functions, frames and estimators."""
