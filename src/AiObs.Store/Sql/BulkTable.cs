namespace AiObs.Store.Sql;

/// <summary>A table that gets many rows at once.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The columns whose values no two rows share; <see langword="null"/> where a row whose key is there already is an error.</param>
/// <param name="Columns">The columns, and what each holds: <see cref="string"/>, <see cref="long"/> or bytes.</param>
/// <param name="Replaces">Whether a row takes the place of the one with its key; else it is left out.</param>
internal sealed record BulkTable(string Name, string? Key, IReadOnlyList<(string Name, Type Type)> Columns, bool Replaces)
{
    /// <summary>Gets the names of the columns, for a statement.</summary>
    public string ColumnNames { get; } = string.Join(", ", Columns.Select(static column => column.Name));

    /// <summary>Returns the statement that adds rows.</summary>
    /// <param name="verb">How it starts.</param>
    /// <param name="rows">Where the rows come from.</param>
    public string InsertSql(string verb, string rows) => $"{verb} INTO {Name} ({ColumnNames}) {rows}{Resolution}";

    private string Resolution => Key is null ? "" : $" ON CONFLICT ({Key}) DO {(Replaces ? Update : "NOTHING")}";

    private string Update => $"UPDATE SET {string.Join(", ", Columns.Select(static column => $"{column.Name} = excluded.{column.Name}"))}";
}
