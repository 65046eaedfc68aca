"""What people see of a section, by the roles of its columns."""

from briefing.document import Column, Role, Section


def with_role(section: Section, *roles: Role) -> list[Column]:
    """The columns that people see in these roles, in the order in which they see them."""
    columns = {
        column.name: column
        for column in section.columns
        if column.show.role in roles and not column.show.full
    }
    return [columns[name] for name in section.order if name in columns]


def beneath(section: Section, name: str) -> list[Column]:
    """The columns whose cells are second lines of the column of that name."""
    return [column for column in with_role(section, "under") if column.show.under == name]
