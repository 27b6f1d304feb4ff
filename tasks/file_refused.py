"""A file that cannot be read as a whole."""

from policies.problems import Problem


class FileRefused(Exception):
    """The file as a whole cannot be read; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
