using System.Data.Common;
using Npgsql;

namespace AiObs.Store.PostgreSql;

/// <summary>Makes the data source of a connection string.</summary>
internal static class PostgreSqlSource
{
    // Two dozen statements, and the combinations of filters and changes that an application uses.
    private const int MaxAutoPrepare = 80;

    /// <summary>Makes a source that compiles each statement once for each connection, unless the connection string says how many may be.</summary>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var parsed = new NpgsqlConnectionStringBuilder(connectionString);
        if (!IsGiven(connectionString, "Max Auto Prepare") && !IsGiven(connectionString, nameof(parsed.MaxAutoPrepare)))
        {
            parsed.MaxAutoPrepare = MaxAutoPrepare;
        }

        return NpgsqlDataSource.Create(parsed);
    }

    private static bool IsGiven(string connectionString, string keyword) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString }.ContainsKey(keyword);
}
