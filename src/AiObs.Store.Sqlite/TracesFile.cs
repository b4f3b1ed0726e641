using Microsoft.Data.Sqlite;

namespace AiObs.Store.Sqlite;

/// <summary>Names the file of the traces that belongs to one of events and costs.</summary>
internal static class TracesFile
{
    private const string Suffix = "-traces";

    /// <summary>Returns the connection string of that file; the same where it names one of traces already.</summary>
    public static string ConnectionStringOf(string connectionString)
    {
        var parsed = new SqliteConnectionStringBuilder(connectionString);
        parsed.DataSource = PathOf(parsed.DataSource);
        return parsed.ConnectionString;
    }

    private static string PathOf(string path)
    {
        // A URI has parameters behind the name.
        var query = path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? path.IndexOf('?', StringComparison.Ordinal) : -1;
        var (name, rest) = query < 0 ? (path, "") : (path[..query], path[query..]);
        var extension = Path.GetExtension(name);
        var stem = name[..^extension.Length];
        return stem.EndsWith(Suffix, StringComparison.Ordinal) ? path : $"{stem}{Suffix}{extension}{rest}";
    }
}
